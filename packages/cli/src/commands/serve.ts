import type { RunningServer } from '@countersign/server';
import { Command, Option } from 'commander';
import { nextSteps } from '../demo/next-steps.ts';
import { badInput, CommandFailure, exitCode } from '../failure.ts';
import { portArgument } from '../port-argument.ts';
import { collect } from '../repeated-argument.ts';
import { whatIsDropped } from '../serving/dropped.ts';
import { networkWarning } from '../serving/network-warning.ts';
import { otherNameLines, variableLines } from '../serving/variable-lines.ts';
import type { Terminal } from '../terminal.ts';
import { untilInterrupted } from '../until-interrupted.ts';

interface ServeOptions {
  readonly port?: number;
  readonly host?: string;
  readonly publicHost: readonly string[];
  readonly clock?: 'real' | 'virtual';
  readonly strict?: true;
  readonly strictCallbacks?: true;
  readonly refuseRepeats?: true;
  readonly config?: string;
  readonly tls?: true;
  readonly json?: boolean;
  readonly demo?: boolean;
}

/** `countersign serve`: runs the local voice server until it is interrupted. */
export function serveCommand(terminal: Terminal): Command {
  return new Command('serve')
    .description('run the local voice server until Ctrl-C')
    .option('--port <port>', 'the port; 0 takes a free one (default: 7509)', portArgument)
    .option('--host <host>', 'the address to bind (default: 127.0.0.1)')
    .option(
      '--public-host <name>',
      'a name under which a tunnel or proxy makes the server known; repeatable',
      collect,
      [],
    )
    .addOption(new Option('--clock <kind>', 'the clock of calls (default: real)').choices(['real', 'virtual']))
    .option('--strict', 'refuse the known deviations of official SDKs')
    .option('--strict-callbacks', 'insist on https callback URLs, as Azure does')
    .option('--refuse-repeats', 'refuse a signed request that was there before')
    .option('--config <file>', 'the configuration (default: countersign.config.json here, if there is one)')
    .option('--tls', 'serve https, with a certificate made at first start')
    .option('--demo', 'place one demonstration call through each provider first')
    .option('--json', 'print one ready line of JSON')
    .addHelpText('after', examples)
    .action(async (options: ServeOptions) => {
      terminal.wantsJson = options.json ?? false;
      if (options.demo && (options.tls || options.json || options.clock === 'virtual')) {
        throw badInput(
          'usage/demo',
          '--demo prints a timeline, over http and on the real clock; leave out --json, --tls and --clock virtual',
        );
      }
      const interrupted = untilInterrupted();
      const server = await start(options);
      try {
        for (const line of networkWarning(server)) terminal.note(line);
        if (options.json) terminal.result(JSON.stringify(readyLine(server)));
        else if (!options.demo) announce(server, terminal);
        if (options.demo) await Promise.race([runDemonstration(server, terminal), interrupted]);
        await interrupted;
        for (const line of whatIsDropped(server)) terminal.note(line);
      } finally {
        await server.close();
      }
      terminal.say('stopped');
      terminal.exit(exitCode.yes);
      // A demonstration that was interrupted would go on waiting for its call.
      if (options.demo) process.exit();
    });
}

async function start(options: ServeOptions): Promise<RunningServer> {
  // Loaded here, so that every other command starts without it.
  // eslint-disable-next-line no-restricted-imports -- the one place that may, and dynamically
  const { startServer } = await import('@countersign/server');
  const { port, host, publicHost, clock, strict, strictCallbacks, refuseRepeats, config, tls } = options;
  try {
    return await startServer({
      findConfig: true,
      ...(config !== undefined && { configFile: config }),
      ...(port !== undefined && { port }),
      ...(host !== undefined && { host }),
      ...(publicHost.length > 0 && { publicHosts: [...publicHost] }),
      ...(clock && { clock }),
      ...(strict && { strict }),
      ...(strictCallbacks && { strictCallbacks }),
      ...(refuseRepeats && { refuseRepeats }),
      ...(tls && { tls }),
    });
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'ListenError') throw badInput('serve/listen', `cannot start: ${message} (--port, --host)`);
    if (name === 'ConfigError') throw badInput('serve/config', message);
    throw error;
  }
}

/** The variables on standard output, as lines that a shell can take; what is for people on standard error. */
function announce({ url, environment, trust }: RunningServer, terminal: Terminal): void {
  terminal.say(terminal.paintError('bold', listening(url)));
  for (const line of [...variableLines(environment), ...otherNameLines(environment)]) terminal.result(line);
  if (!trust) return;
  terminal.say('to trust its certificate:');
  for (const { platform, line } of trust.lines) terminal.say(`  ${platform}: ${line}`);
}

function listening(url: string): string {
  return `the local voice server listens at ${url} (open it in a browser to watch); Ctrl-C stops it`;
}

/** The ready line of `serve --json`; schema/serve.schema.json describes it. */
function readyLine({ url, accounts, environment }: RunningServer): unknown {
  return {
    url,
    accounts: accounts.map(({ provider, id, numbers }) => ({ provider, id, numbers })),
    environment,
  };
}

async function runDemonstration(server: RunningServer, terminal: Terminal): Promise<void> {
  const { demonstrate } = await import('../demo/demonstration.ts');
  try {
    const outcomes = await demonstrate(server.url, terminal);
    for (const { summary, spoken } of outcomes) if (!spoken) terminal.note(`a demonstration call failed: ${summary}`);
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error;
    terminal.note(`the demonstration failed: ${error.message}`);
  }
  terminal.result('');
  terminal.result(terminal.paint('bold', 'development credentials (public on purpose)'));
  for (const line of variableLines(server.environment)) terminal.result(`  ${line}`);
  terminal.result('');
  terminal.result(nextSteps(server.url, terminal));
  terminal.result('');
  terminal.result(listening(server.url));
}

const examples = `
Examples:
  countersign serve
  countersign serve --port 0 --json
  countersign serve --clock virtual --strict

The variables of the development account go to standard output, as lines that a shell can take; first the three that
this command and the documentation use, then other names of the same, which examples of the providers' SDKs read:
  countersign serve > development.env &
  . ./development.env
`;
