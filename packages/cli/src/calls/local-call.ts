import type { Credential } from '@countersign/core/secret';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { acsCallbackReader } from './acs-callbacks.ts';
import type { CallOutcome } from './call-outcome.ts';
import { startCallbackReceiver, type ReceivedCallback } from './callback-receiver.ts';
import { acsResourceIds, callAudio } from './local-server.ts';
import { placeAcsCall } from './place-acs-call.ts';
import { placeSinchCall, type SinchCall } from './place-sinch-call.ts';
import { jsonBody, signedClient, type SignedClient } from './signed-client.ts';
import { sinchCallbackReader } from './sinch-callbacks.ts';
import type { CallTimeline } from './timeline.ts';

/** A call through the local server, with its own receiver for the callbacks. */
export interface LocalCall {
  /** The server's address, without a trailing slash. */
  readonly origin: string;
  readonly credential: Credential;
  readonly timeline: CallTimeline;
  readonly to: string;
  readonly from: string;
  /** Milliseconds to wait for the other side, and for each thing after that. */
  readonly patienceMs: number;
}

/** How a local call went, with the addresses of what was heard. */
export interface LocalOutcome extends CallOutcome {
  readonly audio: readonly string[];
}

/** The local server asks for an endpoint as Azure does, and calls none. */
const anySpeechEndpoint = 'https://speech.cognitiveservices.azure.com/';

/** Places a call through ACS Call Automation of the local server. */
export async function placeLocalAcsCall(call: LocalCall & { readonly text: string }): Promise<LocalOutcome> {
  const { origin, credential, timeline } = call;
  const tokens = { jwksUrl: `${origin}/calling/keys`, resourceIds: await acsResourceIds(origin) };
  const receiver = await startCallbackReceiver({
    readers: { '/acs': acsCallbackReader(tokens) },
    onCallback: (callback) => timeline.event(callback.event, callback.verification),
  });
  try {
    const client = signedClient({ scheme: acsHmac, credential, origin, timeline });
    const outcome = await placeAcsCall({
      ...call,
      client,
      receiver,
      callbackUri: `${receiver.origin}/acs`,
      cognitiveServicesEndpoint: anySpeechEndpoint,
    });
    return { ...outcome, audio: await callAudio(origin, outcome.callId, timeline) };
  } finally {
    await receiver.close();
  }
}

/** Places a callout through Sinch Voice of the local server; the application's callback URL is set for its duration. */
export async function placeLocalSinchCall(
  call: LocalCall & { readonly speech: SinchCall['speech'] },
): Promise<LocalOutcome> {
  const { origin, credential, timeline } = call;
  const receiver = await startCallbackReceiver({
    readers: { '/sinch': sinchCallbackReader(credential) },
    onCallback: (callback) => timeline.event(describe(callback), callback.verification),
  });
  try {
    const client = signedClient({ scheme: sinchApplication, credential, origin, timeline });
    const path = `/v1/configuration/callbacks/applications/${credential.keyId ?? ''}`;
    const before = jsonBody(await client.send('GET', path));
    await client.send('POST', path, { url: { primary: `${receiver.origin}/sinch` } });
    try {
      const outcome = await placeSinchCall({ ...call, client, receiver });
      return { ...outcome, audio: await callAudio(origin, outcome.callId, timeline) };
    } finally {
      await restore(client, path, before['url']);
    }
  } finally {
    await receiver.close();
  }
}

async function restore(client: SignedClient, path: string, url: unknown): Promise<void> {
  const { primary = '', fallback = '' } = (url ?? {}) as { primary?: string; fallback?: string };
  await client.send('POST', path, { url: { primary, fallback } });
}

function describe({ event, data }: ReceivedCallback): string {
  const detail = [data['result'], data['reason']].filter((value) => typeof value === 'string').join(', ');
  return detail === '' ? event : `${event} (${detail})`;
}
