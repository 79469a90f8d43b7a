import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { credentialOf, findSecret, type SecretOptions } from '../credentials/find-credential.ts';
import { providerVariables } from '../credentials/provider-variables.ts';
import type { FoundSecret } from '../credentials/secret-source.ts';
import { developmentAccount } from '@countersign/core/development-account';
import { isLoopback } from '../loopback.ts';
import { badInput } from '../failure.ts';
import type { Terminal } from '../terminal.ts';
import type { CallOutcome } from './call-outcome.ts';
import { placeLiveAcsCall, placeLiveSinchCall } from './live-call.ts';
import { placeLocalAcsCall, placeLocalSinchCall } from './local-call.ts';
import { printedTimeline } from './timeline.ts';

/** What `countersign call` takes beside the number. */
export interface CallOptions extends SecretOptions {
  readonly say: string;
  readonly provider?: 'acs' | 'sinch';
  readonly url?: string;
  readonly from?: string;
  readonly live?: boolean;
  readonly callbackUrl?: string;
  readonly listen?: number;
  readonly speechEndpoint?: string;
  readonly resourceId?: string;
  readonly json?: boolean;
}

const schemes = { acs: acsHmac, sinch: sinchApplication } as const;
/** How long anything in a call may take: ACS lets a phone ring for three minutes at most. */
const patienceMs = 180_000;

/** What `call --json` prints; schema/call.schema.json describes it. */
export type CallResult = CallOutcome & { readonly provider: string; readonly audio: readonly string[] };

/** Places the call that the options describe, and tells the timeline. */
export function placeCall(to: string, options: CallOptions, terminal: Terminal): Promise<CallResult> {
  return options.live ? live(to, options, terminal) : local(to, options, terminal);
}

async function local(to: string, options: CallOptions, terminal: Terminal): Promise<CallResult> {
  refuseLiveOptions(options);
  const provider = options.provider ?? 'acs';
  const origin = localOrigin(options.url ?? developmentAccount.url);
  const found = localSecret(provider, options, terminal);
  terminal.hide([found.text]);
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
  return { provider, ...(await placeLocalAcsCall({ ...call, text: options.say })) };
}

/** What only a live call takes, and would be ignored here. */
const liveOptions = {
  callbackUrl: '--callback-url',
  listen: '--listen',
  speechEndpoint: '--speech-endpoint',
  resourceId: '--resource-id',
} as const satisfies Partial<Record<keyof CallOptions, string>>;

function refuseLiveOptions(options: CallOptions): void {
  for (const [name, option] of Object.entries(liveOptions)) {
    if (options[name as keyof typeof liveOptions] === undefined) continue;
    throw badInput('usage/live', `${option} is for live calls; give --live too, or leave it out`);
  }
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
function localSecret(provider: 'acs' | 'sinch', options: CallOptions, { env }: Terminal): FoundSecret {
  const scheme = schemes[provider];
  const isNamed = options.secretEnv !== undefined || options.secretFile !== undefined;
  if (isNamed) return findSecret(scheme, options, env, { host: 'localhost' });
  const variables = providerVariables[scheme.id];
  const found = provider === 'acs' ? variables?.read(env) : undefined;
  if (found?.host !== undefined && isLoopback(found.host)) return found;
  return findSecret(scheme, options, {}, { host: 'localhost' });
}

function withoutSlashes(origin: string): string {
  let end = origin.length;
  while (origin[end - 1] === '/') end -= 1;
  return origin.slice(0, end);
}

async function live(to: string, options: CallOptions, terminal: Terminal): Promise<CallResult> {
  const provider = options.provider ?? 'acs';
  if (options.from === undefined) throw badInput('usage/live', 'a live call needs the number that calls: give --from');
  const scheme = schemes[provider];
  const found = findSecret(scheme, options, terminal.env, { host: undefined });
  terminal.hide([found.text]);
  const origin =
    options.url ?? (found.host === undefined ? undefined : `https://${found.host}`) ?? liveOrigin(provider);
  const call = {
    ...options,
    origin: withoutSlashes(origin),
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
