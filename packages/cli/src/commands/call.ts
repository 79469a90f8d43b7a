import { Command, InvalidArgumentError, Option } from 'commander';
import type { CallOptions } from '../calls/place-call.ts';
import { withSecretOptions } from '../credentials/secret-options.ts';
import { developmentAccount } from '@countersign/core/development-account';
import { exitCode } from '../failure.ts';
import { portArgument } from '../port-argument.ts';
import type { Terminal } from '../terminal.ts';

/** `countersign call`: calls a number and speaks a text, through the local server or for real. */
export function callCommand(terminal: Terminal): Command {
  return withSecretOptions(new Command('call'))
    .description('call a number and say a text: through the local server, or with --live for real')
    .argument('<number>', 'the number to call, in E.164: +12065550111', e164)
    .requiredOption('--say <text>', 'what to say when the call is answered')
    .addOption(new Option('--provider <name>', 'the provider (default: acs)').choices(['acs', 'sinch']))
    .option('--url <url>', `the server (default: ${developmentAccount.url}; with --live the provider's)`)
    .option('--from <number>', "the caller (default: the development account's number)", e164)
    .option('--live', 'call for real, with the credentials of the environment')
    .option('--callback-url <url>', 'with --live: the public address to which the provider reports')
    .option('--listen <port>', 'with --live: the port on this machine behind that address', portArgument)
    .option('--speech-endpoint <url>', 'with --live and ACS: the Azure AI service that speaks')
    .option('--resource-id <id>', 'with --live and ACS: the immutable id of the resource')
    .option('--json', 'print one JSON value; the timeline goes to standard error')
    .addHelpText('after', examples)
    .action(async (number: string, options: CallOptions) => {
      terminal.wantsJson = options.json ?? false;
      // Loaded here, so that every other command starts without it.
      const { placeCall } = await import('../calls/place-call.ts');
      const outcome = await placeCall(number, options, terminal);
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
  countersign call +12065550123 --say 'Hello from ACS'
  countersign call +12065550123 --say 'Hello from Sinch' --provider sinch --json
  countersign call +46700000000 --say 'For real' --provider sinch --live --from +46700000001

Exit code 0 when the call was answered and the text spoken, 1 otherwise. Without --live nothing leaves this machine:
the credentials are the development account's, or a connection string whose endpoint is a loopback address.
`;
