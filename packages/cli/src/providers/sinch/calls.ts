import { sinchEntry } from '@countersign/core/providers/catalog';
import type { PlacedCall } from '../../calls/call-outcome.ts';
import type { ReceivedCallback } from '../../calls/callback-receiver.ts';
import { callAudio } from '../../calls/local-server.ts';
import type { LiveCall, LocalCall, LocalOutcome, ProviderCalls } from '../../calls/provider-calls.ts';
import { jsonBody, signedClient, type SignedClient } from '../../calls/signed-client.ts';
import { withReceiver } from '../../calls/with-receiver.ts';
import { callbackReader } from './callbacks.ts';
import { placeCallout, type Callout } from './place-callout.ts';

const demonstrated =
  '<speak>And this is Sinch, <break time="300ms"/> <prosody rate="medium">reading <sub alias="S S M L">SSML</sub>.</prosody></speak>';

/** Callouts through Sinch Voice. */
export const calls: ProviderCalls = {
  placeLocal: (call, text) => placeLocal(call, { text }),
  placeLive,
  liveOrigin: () => 'https://calling.api.sinch.com',
  demonstration: {
    title: (to) => `Sinch Voice calls ${to} and reads SSML`,
    place: (call) => placeLocal(call, { prompts: `#ssml[${demonstrated}]` }),
  },
};

/** The application's callback URL is set for the duration of the call. */
async function placeLocal(call: LocalCall, speech: Callout['speech']): Promise<LocalOutcome> {
  const { origin, credential, timeline } = call;
  const path = '/sinch';
  return withReceiver(
    {
      readers: { [path]: callbackReader(credential) },
      onCallback: (callback) => timeline.event(describe(callback), callback.verification),
    },
    async (receiver) => {
      const client = signedClient({ scheme: sinchEntry.scheme, credential, origin, timeline });
      const configuration = `/v1/configuration/callbacks/applications/${credential.keyId ?? ''}`;
      const before = jsonBody(await client.send('GET', configuration));
      await client.send('POST', configuration, { url: { primary: receiver.origin + path } });
      try {
        const outcome = await placeCallout({ ...call, speech, client, receiver });
        return { ...outcome, audio: await callAudio(origin, outcome.callId, timeline) };
      } finally {
        await restore(client, configuration, before['url']);
      }
    },
  );
}

async function restore(client: SignedClient, path: string, url: unknown): Promise<void> {
  const { primary = '', fallback = '' } = (url ?? {}) as { primary?: string; fallback?: string };
  await client.send('POST', path, { url: { primary, fallback } });
}

function describe({ event, data }: ReceivedCallback): string {
  const detail = [data['result'], data['reason']].filter((value) => typeof value === 'string').join(', ');
  return detail === '' ? event : `${event} (${detail})`;
}

/**
 * Callbacks go where the application is configured to send them; without a receiver there, the call is asked for until it
 * has ended.
 */
async function placeLive(call: LiveCall): Promise<PlacedCall> {
  const { origin, credential, timeline, callbackUrl, listen, text } = call;
  const callout = {
    ...call,
    speech: { text },
    client: signedClient({ scheme: sinchEntry.scheme, credential, origin, timeline }),
  };
  if (callbackUrl === undefined || listen === undefined) return placeCallout(callout);
  return withReceiver(
    {
      port: listen,
      readers: { [new URL(callbackUrl).pathname]: callbackReader(credential) },
      onCallback: ({ event, verification }) => timeline.event(event, verification),
    },
    (receiver) => placeCallout({ ...callout, receiver }),
  );
}
