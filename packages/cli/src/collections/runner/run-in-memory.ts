import { memoryAgents } from './memory-agents.ts';
import type {
  PostmanCollectionPackage,
  PostmanRuntimePackage,
  RunCallbacks,
  RunItem,
  ScriptResult,
} from './postman-runtime.ts';
import type { RunJob, RunMessage } from './run-messages.ts';
import { savedAnswer } from './saved-answer.ts';

/** Milliseconds for one request, which is answered from memory. */
const requestMs = 5_000;

/**
 * Runs a collection as Postman does, scripts and all, and tells each request as it would have gone out. What a script throws
 * is told, and the request follows all the same, as in Postman.
 */
export function runInMemory(
  job: RunJob,
  packages: { readonly runtime: PostmanRuntimePackage; readonly collection: PostmanCollectionPackage },
  tell: (message: RunMessage) => void,
): void {
  const { runtime, collection: sdk } = packages;
  let item = 0;
  let current: RunItem | undefined;
  let scripts = 0;
  let requests = 0;
  let stop = (): void => {};
  let phase: 'prerequest' | 'test' = 'prerequest';

  const agents = memoryAgents(job.limits.bodyBytes, ({ origin, method, target, headers, body }) => {
    const byScript = scripts > 0;
    if (!byScript) phase = 'test';
    requests++;
    if (requests <= job.limits.requests) {
      const sent = { url: origin + target, method, target, headers, body: body.toString('base64') };
      tell({ kind: 'request', item, byScript, ...sent });
    } else if (requests === job.limits.requests + 1) {
      tell({ kind: 'problem', item, of: 'run', message: `it was ended after ${job.limits.requests} requests` });
      stop();
    }
    return savedAnswer(byScript ? [] : (current?.responses.all() ?? []), job.answer);
  });

  const callbacks: RunCallbacks = {
    beforeItem: (_, { position = 0 }, started) => {
      [item, current, scripts, phase] = [position, started, 0, 'prerequest'];
      tell({ kind: 'item', item });
    },
    beforeScript: () => void scripts++,
    script: (failed, _, result, _script, { listen }) => {
      scripts = Math.max(0, scripts - 1);
      if (result) tell({ kind: 'variables', values: valuesOf(result) });
      if (failed) tell({ kind: 'problem', item, of: listen === 'test' ? 'test' : 'prerequest', message: said(failed) });
    },
    request: (failed) => {
      // What a script's own request meets is the script's to handle.
      if (failed && scripts === 0) tell({ kind: 'problem', item, of: 'request', message: said(failed) });
    },
    done: (failed) => {
      if (failed) tell({ kind: 'problem', item, of: 'run', message: said(failed) });
      tell({ kind: 'end' });
    },
  };

  // What an asynchronous function of a script throws ends the script, and in Postman not the run.
  process.on('unhandledRejection', (reason) => {
    const failed = typeof reason === 'object' && reason !== null ? reason : { message: String(reason) };
    tell({ kind: 'problem', item, of: phase, message: said(failed) });
  });

  const scope = (values: readonly unknown[]) => new sdk.VariableScope({ values });
  new runtime.Runner().run(
    new sdk.Collection(withoutOwnProtocols(job.collection)),
    {
      data: [job.data],
      environment: scope(job.environment),
      globals: scope(job.globals),
      timeout: { script: job.limits.scriptMs, request: requestMs, global: job.limits.runMs },
      // Here, not under `requester`: there it is not read, and HTTPS_PROXY would take the place of the agents.
      ignoreProxyEnvironmentVariables: true,
      proxies: { resolve: () => noProxy(sdk) },
      requester: {
        agents,
        // As Postman and newman do; without it `{`, `\` and a lone `%` are encoded in another way.
        useWhatWGUrlParser: true,
        followRedirects: false,
        protocolVersion: 'http1',
      },
    },
    (failed, run) => {
      if (failed) return callbacks.done(failed);
      stop = () => run.abort();
      run.start(callbacks);
    },
  );
}

/** The values by which Postman fills in variables now, those that count most last. */
function valuesOf({ globals, collectionVariables, environment, _variables }: ScriptResult): Record<string, string> {
  const scopes = [globals, collectionVariables, environment, _variables];
  const all = scopes.flatMap((scope) => Object.entries(scope?.toObject() ?? {}));
  return Object.fromEntries(all.map(([name, value]) => [name, typeof value === 'string' ? value : textOf(value)]));
}

/** A script may set what is no text; what is nothing is empty. */
function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** In the place of any proxy that a request, or a script's `pm.sendRequest`, names for itself. */
function noProxy({ ProxyConfig }: PostmanCollectionPackage): object {
  return Object.assign(new ProxyConfig(), { getProxyUrl: () => undefined });
}

/** HTTP/2 would want connections of its own; what is signed is the same. */
function withoutOwnProtocols(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutOwnProtocols);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === 'protocolProfileBehavior' && typeof member === 'object'
        ? { ...member, protocolVersion: 'http1' }
        : name === 'item'
          ? withoutOwnProtocols(member)
          : member,
    ]),
  );
}

function said(error: { readonly name?: string; readonly message?: string }): string {
  const { name = 'Error', message = '' } = error;
  return (message.startsWith(name) ? message : `${name}: ${message}`).slice(0, 1000);
}
