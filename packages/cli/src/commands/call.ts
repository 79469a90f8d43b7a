import { Command, InvalidArgumentError, Option } from 'commander';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import type { CallOutcome } from '../calls/call-outcome.ts';
import { placeLiveAcsCall, placeLiveSinchCall } from '../calls/live-call.ts';
import { placeLocalAcsCall, placeLocalSinchCall } from '../calls/local-call.ts';
import { printedTimeline } from '../calls/timeline.ts';
import { credentialOf, findSecret, type SecretOptions } from '../credentials/find-credential.ts';
import { providerVariables } from '../credentials/provider-variables.ts';
import { withSecretOptions } from '../credentials/secret-options.ts';
import type { FoundSecret } from '../credentials/secret-source.ts';
import { developmentAccount, isLoopback } from '../development-account.ts';
import { badInput, exitCode } from '../failure.ts';
import { portArgument } from '../port-argument.ts';
import type { Terminal } from '../terminal.ts';

interface CallOptions extends SecretOptions {
  readonly say: string;
  readonly provider?: 'acs' | 'sinch';
  readonly url?: string;
  readonly from?: string;
  readonly live?: boolean;
  readonly callbackUrl?: string;
  readonly listen?: number;
  readonly speechEndpoint?: string;
  readonly json?: boolean;
}

const schemes = { acs: acsHmac, sinch: sinchApplication } as const;
/** How long anything in a call may take: ACS lets a phone ring for three minutes at most. */
const patienceMs = 180_000;

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
    .option('--json', 'print one JSON value; the timeline goes to standard error')
    .addHelpText('after', examples)
    .action(async (number: string, options: CallOptions) => {
      terminal.wantsJson = options.json ?? false;
      const outcome = options.live ? await live(number, options, terminal) : await local(number, options, terminal);
      terminal.exit(outcome.answered && outcome.spoken ? exitCode.yes : exitCode.no);
      if (options.json) terminal.json(outcome);
      else terminal.result(outcome.summary);
    });
}

/** What `call --json` prints; schema/call.schema.json describes it. */
type CallResult = CallOutcome & { readonly provider: string; readonly audio: readonly string[] };

async function local(to: string, options: CallOptions, terminal: Terminal): Promise<CallResult> {
  const provider = options.provider ?? 'acs';
  const origin = (options.url ?? developmentAccount.url).replace(/\/+$/, '');
  const found = localSecret(provider, options, terminal);
  const call = {
    origin,
    credential: credentialOf(schemes[provider], found),
    timeline: timelineOf(provider, options, terminal),
    to,
    from: options.from ?? developmentAccount[provider].number,
    patienceMs,
  };
  if (provider === 'sinch')
    return { provider, ...(await placeLocalSinchCall({ ...call, speech: { text: options.say } })) };
  const isDevelopment = found.text === developmentAccount.acs.accessKey;
  const audience = isDevelopment ? { resourceId: developmentAccount.acs.resourceId } : {};
  return { provider, ...(await placeLocalAcsCall({ ...call, ...audience, text: options.say })) };
}

/** The local server is called with what the options name, or what the environment holds for this machine. */
function localSecret(provider: 'acs' | 'sinch', options: CallOptions, { env }: Terminal): FoundSecret {
  const scheme = schemes[provider];
  const isNamed = options.secretEnv !== undefined || options.secretFile !== undefined;
  if (isNamed) return findSecret(scheme, options, env, { host: 'localhost' });
  const variables = providerVariables[scheme.id];
  const found = provider === 'acs' ? variables?.read(env) : undefined;
  if (found?.host !== undefined && isLoopback(found.host)) return found;
  return findSecret(scheme, options, {}, { host: 'localhost' });
}

async function live(to: string, options: CallOptions, terminal: Terminal): Promise<CallResult> {
  const provider = options.provider ?? 'acs';
  if (options.from === undefined) throw badInput('usage/live', 'a live call needs the number that calls: give --from');
  const scheme = schemes[provider];
  const found = findSecret(scheme, options, terminal.env, { host: undefined });
  const origin =
    options.url ?? (found.host === undefined ? undefined : `https://${found.host}`) ?? liveOrigin(provider);
  const call = {
    ...options,
    origin: origin.replace(/\/+$/, ''),
    credential: credentialOf(scheme, found),
    timeline: timelineOf(provider, options, terminal),
    to,
    from: options.from,
    text: options.say,
    patienceMs,
  };
  const outcome = provider === 'acs' ? await placeLiveAcsCall(call) : await placeLiveSinchCall(call);
  return { provider, ...outcome, audio: [] };
}

function liveOrigin(provider: 'acs' | 'sinch'): string {
  if (provider === 'sinch') return 'https://calling.api.sinch.com';
  throw badInput(
    'usage/live',
    'the ACS resource is not known: set COMMUNICATION_SERVICES_CONNECTION_STRING or give --url',
  );
}

function timelineOf(provider: string, { json }: CallOptions, terminal: Terminal): ReturnType<typeof printedTimeline> {
  return json
    ? printedTimeline(provider, (line) => terminal.say(line), terminal.paintError)
    : printedTimeline(provider, (line) => terminal.result(line), terminal.paint);
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
