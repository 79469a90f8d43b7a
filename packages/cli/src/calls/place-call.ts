import { developmentAccount } from '@countersign/core/development-account';
import type { ProviderEntry } from '@countersign/core/providers/catalog';
import { credentialOf, findSecret, type SecretOptions } from '../credentials/find-credential.ts';
import { providerVariables } from '../credentials/provider-variables.ts';
import type { FoundSecret } from '../credentials/secret-source.ts';
import { isLoopback } from '@countersign/core/providers/loopback';
import { badInput } from '../failure.ts';
import type { Terminal } from '../terminal.ts';
import type { PlacedCall } from './call-outcome.ts';
import type { CallingProvider } from './provider-calls.ts';
import { printedTimeline } from './timeline.ts';

/** What `countersign call` takes besides the number. */
export interface CallOptions extends SecretOptions {
  readonly say: string;
  readonly url?: string;
  readonly from?: string;
  readonly live?: boolean;
  readonly callbackUrl?: string;
  readonly listen?: number;
  readonly json?: boolean;
}

/** How long anything in a call may take: no provider lets a phone ring for more than three minutes. */
const patienceMs = 180_000;

/** What `call --json` prints; schema/call.schema.json describes it. */
export type CallReport = PlacedCall & { readonly provider: string; readonly audio: readonly string[] };

/**
 * Places the call that the options describe, and tells the timeline.
 *
 * @param through the provider that places it
 * @param providers every provider: what only their live calls take is refused for a local one
 */
export function placeCall(
  to: string,
  options: CallOptions,
  through: CallingProvider,
  providers: readonly CallingProvider[],
  terminal: Terminal,
): Promise<CallReport> {
  if (options.live) return live(to, options, through, terminal);
  refuseLiveOptions(options, providers);
  return local(to, options, through, terminal);
}

async function local(
  to: string,
  options: CallOptions,
  { entry, loadCalls }: CallingProvider,
  terminal: Terminal,
): Promise<CallReport> {
  const origin = localOrigin(options.url ?? developmentAccount.url);
  const found = localSecret(entry, options, terminal);
  terminal.hide([found.text]);
  const call = {
    origin,
    credential: credentialOf(entry.scheme, found),
    timeline: timelineOf(entry.name, options, terminal),
    to,
    from: options.from ?? entry.development.number,
    patienceMs,
  };
  const { placeLocal } = await loadCalls();
  return { provider: entry.name, ...(await placeLocal(call, options.say)) };
}

/** What only a live call takes, and would be ignored here. */
function refuseLiveOptions(options: CallOptions, providers: readonly CallingProvider[]): void {
  const liveOptions = [
    { key: 'callbackUrl', flag: '--callback-url' },
    { key: 'listen', flag: '--listen' },
    ...providers.flatMap((provider) => provider.liveOptions),
  ];
  const values: Readonly<Record<string, unknown>> = { ...options };
  const given = liveOptions.find(({ key }) => values[key] !== undefined);
  if (given) throw badInput('usage/live', `${given.flag} is for live calls; give --live too, or leave it out`);
}

/** The server's origin; never one beyond this machine, to which a call without `--live` must not go. */
function localOrigin(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw badInput('usage/url', `--url "${url}" is not a URL; expected an absolute http or https URL`);
  }
  if (!isLoopback(parsed.host)) {
    throw badInput('usage/url', `--url ${url} is not on this machine; without --live nothing leaves it`);
  }
  return parsed.origin;
}

/** The local server is called with what the options name, or what the environment holds for this machine. */
function localSecret({ scheme, variables }: ProviderEntry, options: CallOptions, { env }: Terminal): FoundSecret {
  const isNamed = options.secretEnv !== undefined || options.secretFile !== undefined;
  if (isNamed) return findSecret(scheme, options, env, { host: 'localhost' });
  // Only a connection string says for which host its key is.
  const found = variables.connectionString && providerVariables[scheme.id]?.read(env);
  if (found?.host !== undefined && isLoopback(found.host)) return found;
  return findSecret(scheme, options, {}, { host: 'localhost' });
}

function withoutSlashes(origin: string): string {
  let end = origin.length;
  while (origin[end - 1] === '/') end -= 1;
  return origin.slice(0, end);
}

async function live(
  to: string,
  options: CallOptions,
  { entry, loadCalls }: CallingProvider,
  terminal: Terminal,
): Promise<CallReport> {
  const { name, scheme } = entry;
  if (options.from === undefined) throw badInput('usage/live', 'a live call needs the number that calls: give --from');
  const found = findSecret(scheme, options, terminal.env, { host: undefined });
  terminal.hide([found.text]);
  const { placeLive, liveOrigin } = await loadCalls();
  const origin = options.url ?? (found.host === undefined ? undefined : `https://${found.host}`) ?? liveOrigin();
  const outcome = await placeLive({
    origin: withoutSlashes(origin),
    credential: credentialOf(scheme, found),
    timeline: timelineOf(name, options, terminal),
    to,
    from: options.from,
    text: options.say,
    patienceMs,
    ...(options.callbackUrl !== undefined && { callbackUrl: options.callbackUrl }),
    ...(options.listen !== undefined && { listen: options.listen }),
    options: { ...options },
  });
  return { provider: name, ...outcome, audio: [] };
}

function timelineOf(provider: string, { json }: CallOptions, terminal: Terminal): ReturnType<typeof printedTimeline> {
  return json
    ? printedTimeline(provider, (line) => terminal.say(line), terminal.paintError)
    : printedTimeline(provider, (line) => terminal.result(line), terminal.paint);
}
