import { Command, InvalidArgumentError, Option } from 'commander';
import type { CallOptions } from '../calls/place-call.ts';
import { withSecretOptions } from '../credentials/secret-options.ts';
import { developmentAccount } from '@countersign/core/development-account';
import { exitCode } from '../failure.ts';
import { examplesFor, plugs } from '../plugs.ts';
import { portArgument } from '../port-argument.ts';
import type { Terminal } from '../terminal.ts';

const names = plugs.map(({ entry }) => entry.name);

/** `countersign call`: calls a number and speaks a text, through the local server or for real. */
export function callCommand(terminal: Terminal): Command {
  const command = withSecretOptions(new Command('call'))
    .description('call a number and say a text: through the local server, or with --live for real')
    .argument('<number>', 'the number to call, in E.164: +12065550111', e164)
    .requiredOption('--say <text>', 'what to say when the call is answered')
    .addOption(new Option('--provider <name>', `the provider (default: ${names[0]})`).choices(names))
    .option('--url <url>', `the server (default: ${developmentAccount.url}; with --live the provider's)`)
    .option('--from <number>', "the caller (default: the development account's number)", e164)
    .option('--live', 'call for real, with the credentials of the environment')
    .option('--callback-url <url>', 'with --live: the public address to which the provider reports')
    .option('--listen <port>', 'with --live: the port on this machine to which that address leads', portArgument)
    .option('--json', 'print one JSON value; the timeline goes to standard error')
    .addHelpText('after', examples);
  for (const { entry, liveOptions } of plugs) {
    for (const { flag, value, description } of liveOptions) {
      command.option(`${flag} <${value}>`, `with --live and ${entry.title}: ${description}`);
    }
  }
  return command.action(async (number: string, options: CallOptions & { readonly provider?: string }) => {
    terminal.wantsJson = options.json ?? false;
    // Loaded here, so that every other command starts without it.
    const { placeCall } = await import('../calls/place-call.ts');
    const chosen = plugs.find(({ entry }) => entry.name === options.provider) ?? plugs[0];
    const outcome = await placeCall(number, options, chosen, plugs, terminal);
    terminal.exit(outcome.answered && outcome.spoken ? exitCode.yes : exitCode.no);
    if (options.json) terminal.json(outcome);
    else terminal.result(outcome.summary);
  });
}

function e164(text: string): string {
  if (/^\+[1-9]\d{3,14}$/.test(text)) return text;
  throw new InvalidArgumentError('A number is written in E.164: a plus sign, the country code, up to 15 digits.');
}

const examples = `
Examples:
${examplesFor('call')}

Exit code 0 when the call was answered and the text spoken, 1 otherwise. Without --live nothing leaves this machine:
the credentials are the development account's, or a connection string whose endpoint is a loopback address.
`;
