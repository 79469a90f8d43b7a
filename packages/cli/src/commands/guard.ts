import { dirname } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { everyScheme } from '@countersign/core/schemes/catalog';
import type { GuardConfig } from '@countersign/gateway/config';
import { withPublicKeyOption } from '../credentials/public-keys.ts';
import { secretsHelp, withSecretOptions } from '../credentials/secret-options.ts';
import { keyOfText } from '../credentials/secret-source.ts';
import { badInput, exitCode } from '../failure.ts';
import { namedScheme, withSchemeOptions } from '../named-scheme.ts';
import { configOfOptions, type GuardOptions } from '../guarding/config-of-options.ts';
import { examplesFor } from '../plugs.ts';
import { publicKeySchemeById } from '../public-key-schemes.ts';
import type { Terminal } from '../terminal.ts';
import { untilInterrupted } from '../until-interrupted.ts';

interface Options extends GuardOptions {
  readonly config?: string;
}

/** `countersign guard`: a verifying reverse proxy in front of an application, until it is interrupted. */
export function guardCommand(terminal: Terminal): Command {
  const command = new Command('guard').description(
    'stand in front of an application: verify, refuse repeats, forward; until Ctrl-C',
  );
  return withPublicKeyOption(withSecretOptions(withSchemeOptions(command, 'the signature scheme of the requests')))
    .option('--upstream <url>', 'the application, such as http://127.0.0.1:3000')
    .option('--listen <address>', 'the port, or host:port; 0 takes a free one (host: 127.0.0.1)')
    .option('--public-url <url>', 'the URL under which senders reach this guard, where a proxy in front changes it')
    .option('--replay <store>', 'refuse repeats: memory, a folder, redis://…, postgres://…')
    .option('--replay-ttl <seconds>', 'for how long requests are remembered (default: twice the tolerance)', seconds)
    .addOption(
      new Option('--on-repeat <what>', 'what becomes of a repeat (default: refuse)').choices([
        'refuse',
        'repeat-outcome',
        'allow',
      ]),
    )
    .option('--message-id-header <name>', "the signed header with the provider's id of the message, to know repeats by")
    .option('--observe', 'verify and log, and forward what would be refused, too')
    .option('--admin <address>', 'health, metrics and diagnoses, at a port or host:port (default: off)')
    .option('--tls-cert <file>', 'serve https, with this certificate')
    .option('--tls-key <file>', 'its key')
    .option('--config <file>', 'all of it in a file: several routes, keys, limits')
    .addHelpText('after', examples + secretsHelp)
    .action(async (options: Options) => {
      const { startConfiguredGuard } = await import('@countersign/gateway/configured-guard');
      const { jsonLines } = await import('@countersign/gateway/log');
      const { linesTogether } = await import('@countersign/gateway/lines-together');
      const { config, env, folder } = await configuration(options, terminal);
      const interrupted = untilInterrupted();
      const lines = linesTogether((text) => terminal.result(text.slice(0, -1)));
      process.once('exit', lines.flush);
      const log = jsonLines(lines.add);
      const guard = await startConfiguredGuard(config, {
        schemes: everyScheme,
        env,
        folder,
        log,
        keyText: keyOfText,
      }).catch(sayWhy);
      const { url, adminUrl } = guard;
      log({ level: 'info', event: 'listening', url, adminUrl });
      terminal.say(terminal.paintError('bold', `the guard listens at ${url}; Ctrl-C stops it`));
      for (const line of remarks(config)) terminal.note(line);
      await interrupted;
      await guard.close();
      lines.flush();
      terminal.say('stopped');
      terminal.exit(exitCode.yes);
    });
}

async function configuration(
  { config: file, ...options }: Options,
  terminal: Terminal,
): Promise<{ config: GuardConfig; env: Terminal['env']; folder: string }> {
  if (file === undefined) {
    return {
      ...configOfOptions(options, publicKeySchemeById(options.scheme) ?? (await namedScheme(options)), terminal),
      folder: process.cwd(),
    };
  }
  const [other] = Object.keys(options);
  if (other !== undefined) {
    const flag = other.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    throw badInput('usage/guard', `--config has all of it in its file; leave out --${flag}`);
  }
  const { readGuardConfig } = await import('@countersign/gateway/read-config');
  const config = await readGuardConfig(file).catch(sayWhy);
  return { config, env: terminal.env, folder: dirname(file) };
}

function sayWhy(error: Error): never {
  if (error.name === 'ConfigError') throw badInput('guard/config', error.message);
  // An address that is taken, a store that is none, a package that is missing.
  throw badInput('guard/start', `cannot start: ${error.message}`);
}

/** What somebody might not expect of this guard. */
function remarks({ routes, replay }: GuardConfig): string[] {
  const [observing, unchecked] = [
    routes.filter(({ observe }) => observe),
    routes.filter((route) => !replay || route.replay === false),
  ];
  return [
    ...(observing.length > 0 ? [`it refuses nothing of ${namesOf(observing)}: it observes`] : []),
    ...(unchecked.length > 0 ? [`repeats of ${namesOf(unchecked)} pass: there is no replay store (--replay)`] : []),
    ...(replay?.store === 'memory' ? ['repeats are known in this process only, and forgotten with it'] : []),
  ];
}

function namesOf(routes: readonly GuardConfig['routes'][number][]): string {
  return routes.map(({ name, path }) => name ?? path ?? '/').join(', ');
}

function seconds(text: string): number {
  const value = Number(text);
  if (value > 0) return value;
  throw new InvalidArgumentError('Give a number of seconds above 0.');
}

const examples = `
Examples:
${examplesFor('guard')}
  countersign guard --config guard.json

Standard output is the log, one line of JSON for each request. The refused are told an id and nothing else; the log has
the reason by that id, and the admin address the whole diagnosis.
`;
