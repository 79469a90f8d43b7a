import { Command, InvalidArgumentError } from 'commander';
import type { PassedRequest, RunningSigningProxy, SigningProxyOptions } from '@countersign/gateway/signing-proxy';
import { secretsHelp, withSecretOptions } from '../credentials/secret-options.ts';
import { badInput, exitCode } from '../failure.ts';
import { listenArgument, type ListenAddress } from '../listen-argument.ts';
import { namedScheme, withSchemeOptions } from '../named-scheme.ts';
import { examplesFor } from '../plugs.ts';
import { targetsOfOptions, type TargetsOptions } from '../proxying/targets-of-options.ts';
import { collect } from '../repeated-argument.ts';
import type { Terminal } from '../terminal.ts';
import { untilInterrupted } from '../until-interrupted.ts';

interface ProxyOptions extends TargetsOptions {
  readonly listen: ListenAddress;
  readonly publicHost: readonly string[];
  readonly bodyLimit?: number;
  readonly json?: boolean;
}

/** `countersign proxy`: takes plain requests of any client and sends them on signed, until it is interrupted. */
export function proxyCommand(terminal: Terminal): Command {
  const command = new Command('proxy')
    .description('take plain requests from any tool, and send them on signed; until Ctrl-C')
    .option(
      '--target <url>',
      'where requests may go: scheme, host and port; several as NAME=URL; repeatable',
      collect,
      [],
    );
  withSchemeOptions(command, "the signature scheme (default: the target's name or host says it)")
    .option('--listen <address>', 'the port, or host:port; 0 takes a free one', listenArgument, {
      host: '127.0.0.1',
      port: 7510,
    })
    .option('--public-host <name>', 'a name by which clients call the proxy besides localhost; repeatable', collect, [])
    .option('--body-limit <bytes>', 'the longest body that is taken (default: 64 MiB)', bytesArgument)
    .option('--json', 'print one JSON value when it listens');
  return withSecretOptions(command)
    .addHelpText('after', examples + secretsHelp)
    .action((options: ProxyOptions) => proxy(options, terminal));
}

async function proxy(options: ProxyOptions, terminal: Terminal): Promise<void> {
  terminal.wantsJson = options.json ?? false;
  const targets = targetsOfOptions(options, await namedScheme(options), terminal);
  const interrupted = untilInterrupted();
  const running = await started({
    targets,
    listen: options.listen,
    names: options.publicHost,
    ...(options.bodyLimit !== undefined && { limits: { bodyBytes: options.bodyLimit } }),
    onRequest: (passed) => terminal.say(requestLine(passed, terminal)),
  });
  if (options.json) {
    terminal.json({
      url: running.url,
      targets: targets.map(({ name, url, scheme }) => ({
        ...(name !== undefined && { name }),
        url,
        scheme: scheme.id,
      })),
    });
  }
  terminal.say(terminal.paintError('bold', `the proxy listens at ${running.url}; Ctrl-C stops it`));
  for (const { name, url, scheme } of targets) {
    terminal.say(`  ${running.url}/${name === undefined ? '' : `${name}/`}…  goes to ${url}, signed by ${scheme.id}`);
  }
  if (!/^(?:localhost|::1|127\.[\d.]+)$/.test(options.listen.host)) {
    terminal.note('it is reached from other machines: whoever reaches it has its requests signed with your key');
  }
  await interrupted;
  await running.close();
  terminal.say('stopped');
  terminal.exit(exitCode.yes);
}

async function started(options: SigningProxyOptions): Promise<RunningSigningProxy> {
  const { startSigningProxy } = await import('@countersign/gateway/signing-proxy');
  try {
    return await startSigningProxy(options);
  } catch (error) {
    if (error instanceof TypeError) throw badInput('usage/target', error.message);
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === 'EADDRINUSE' ? 'something else listens there; give another --listen' : message;
    throw badInput('proxy/start', `cannot listen at ${options.listen.host}:${options.listen.port}: ${why}`);
  }
}

function requestLine(
  { method, path, to, status, attempts, elapsedMs, note }: PassedRequest,
  { paintError }: Terminal,
): string {
  const code = paintError(status >= 400 ? 'red' : 'green', String(status));
  const where = to === undefined ? '' : ` → ${to}`;
  const again = attempts > 1 ? `, sent ${attempts} times` : '';
  return `${method} ${path}${where} ${code} (${elapsedMs} ms${again})${note === undefined ? '' : `: ${note}`}`;
}

function bytesArgument(text: string): number {
  if (/^[1-9]\d{0,11}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A limit is a number of bytes.');
}

const examples = `
Examples:
${examplesFor('proxy')}
`;
