import { acsEntry } from '@countersign/core/providers/catalog';
import { callAudio, accountIds } from '../../calls/local-server.ts';
import type { LiveCall, LocalCall, LocalOutcome, ProviderCalls } from '../../calls/provider-calls.ts';
import type { PlacedCall } from '../../calls/call-outcome.ts';
import { signedClient } from '../../calls/signed-client.ts';
import { withReceiver } from '../../calls/with-receiver.ts';
import { badInput } from '../../failure.ts';
import { callbackReader } from './callbacks.ts';
import { createCallAndPlay } from './create-call-and-play.ts';

/** The local server asks for an endpoint as Azure does, and calls none. */
const anySpeechEndpoint = 'https://speech.cognitiveservices.azure.com/';

const demonstrated =
  'Hello. This call was placed with a signed request. The server checked the signature before the phone rang.';

/** Calls through ACS Call Automation. */
export const calls: ProviderCalls = {
  placeLocal,
  placeLive,
  liveOrigin: () => {
    throw badInput('usage/live', `the ACS resource is not known: set ${acsEntry.variables.secret} or give --url`);
  },
  demonstration: {
    title: (to) => `ACS Call Automation calls ${to} and plays a text`,
    place: (call) => placeLocal(call, demonstrated),
  },
};

async function placeLocal(call: LocalCall, text: string): Promise<LocalOutcome> {
  const { origin, credential, timeline } = call;
  const tokens = { jwksUrl: `${origin}/calling/keys`, resourceIds: await accountIds(origin, acsEntry.name) };
  const path = '/acs';
  return withReceiver(
    {
      readers: { [path]: callbackReader(tokens) },
      onCallback: ({ event, verification }) => timeline.event(event, verification),
    },
    async (receiver) => {
      const outcome = await createCallAndPlay({
        ...call,
        text,
        client: signedClient({ scheme: acsEntry.scheme, credential, origin, timeline }),
        receiver,
        callbackUri: receiver.origin + path,
        cognitiveServicesEndpoint: anySpeechEndpoint,
      });
      return { ...outcome, audio: await callAudio(origin, outcome.callId, timeline) };
    },
  );
}

/** Its events are the only way to know when to speak, so a receiver is needed. */
async function placeLive(call: LiveCall): Promise<PlacedCall> {
  const { origin, credential, timeline, callbackUrl, listen, options } = call;
  if (callbackUrl === undefined || listen === undefined) {
    throw badInput(
      'usage/live',
      'a live ACS call reports to a public address: give --callback-url and --listen PORT, to which it leads',
    );
  }
  const { speechEndpoint, resourceId } = options as { readonly speechEndpoint?: string; readonly resourceId?: string };
  if (speechEndpoint === undefined) {
    throw badInput('usage/live', 'ACS speaks through an Azure AI service: give its address with --speech-endpoint');
  }
  if (resourceId === undefined) {
    throw badInput(
      'usage/live',
      'the tokens of ACS events name the resource: give its immutable id with --resource-id',
    );
  }
  return withReceiver(
    {
      port: listen,
      readers: { [new URL(callbackUrl).pathname]: callbackReader({ resourceIds: [resourceId] }) },
      onCallback: ({ event, verification }) => timeline.event(event, verification),
    },
    (receiver) =>
      createCallAndPlay({
        ...call,
        client: signedClient({ scheme: acsEntry.scheme, credential, origin, timeline }),
        receiver,
        callbackUri: callbackUrl,
        cognitiveServicesEndpoint: speechEndpoint,
      }),
  );
}
