import type { Credential } from '@countersign/core/secret';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { badInput } from '../failure.ts';
import { acsCallbackReader } from './acs-callbacks.ts';
import type { CallOutcome } from './call-outcome.ts';
import { startCallbackReceiver, type CallbackReader, type CallbackReceiver } from './callback-receiver.ts';
import { placeAcsCall } from './place-acs-call.ts';
import { placeSinchCall } from './place-sinch-call.ts';
import { signedClient } from './signed-client.ts';
import { sinchCallbackReader } from './sinch-callbacks.ts';
import type { CallTimeline } from './timeline.ts';

/** A real call, with real credentials, which somebody pays for. */
export interface LiveCall {
  readonly origin: string;
  readonly credential: Credential;
  readonly timeline: CallTimeline;
  readonly to: string;
  readonly from: string;
  readonly text: string;
  readonly patienceMs: number;
  /** The public address of the receiver. */
  readonly callbackUrl?: string;
  /** The port behind it on this machine. */
  readonly listen?: number;
  readonly speechEndpoint?: string;
  /** The immutable id of the ACS resource, which the tokens of its events name. */
  readonly resourceId?: string;
}

/** Places a call through Azure. Its events are the only way to know when to speak, so a receiver is needed. */
export async function placeLiveAcsCall(call: LiveCall): Promise<CallOutcome> {
  const { origin, credential, timeline, callbackUrl, listen, speechEndpoint, resourceId } = call;
  if (callbackUrl === undefined || listen === undefined) {
    throw badInput(
      'usage/live',
      'a live ACS call reports to a public address: give --callback-url and, behind it, --listen PORT',
    );
  }
  if (speechEndpoint === undefined) {
    throw badInput('usage/live', 'ACS speaks through an Azure AI service: give its address with --speech-endpoint');
  }
  if (resourceId === undefined) {
    throw badInput(
      'usage/live',
      'the tokens of ACS events name the resource: give its immutable id with --resource-id',
    );
  }
  return withReceiver(callbackUrl, listen, acsCallbackReader({ resourceIds: [resourceId] }), timeline, (receiver) =>
    placeAcsCall({
      ...call,
      client: signedClient({ scheme: acsHmac, credential, origin, timeline }),
      receiver,
      callbackUri: callbackUrl,
      cognitiveServicesEndpoint: speechEndpoint,
    }),
  );
}

/**
 * Places a callout through Sinch. Callbacks go where the application is configured to send them; without a receiver
 * there, the call is asked for until it has ended.
 */
export async function placeLiveSinchCall(call: LiveCall): Promise<CallOutcome> {
  const { origin, credential, timeline, callbackUrl, listen, text } = call;
  const callout = {
    ...call,
    speech: { text },
    client: signedClient({ scheme: sinchApplication, credential, origin, timeline }),
  };
  if (callbackUrl === undefined || listen === undefined) return placeSinchCall(callout);
  return withReceiver(callbackUrl, listen, sinchCallbackReader(credential), timeline, (receiver) =>
    placeSinchCall({ ...callout, receiver }),
  );
}

async function withReceiver(
  callbackUrl: string,
  port: number,
  reader: CallbackReader,
  timeline: CallTimeline,
  place: (receiver: CallbackReceiver) => Promise<CallOutcome>,
): Promise<CallOutcome> {
  const receiver = await startCallbackReceiver({
    port,
    readers: { [new URL(callbackUrl).pathname]: reader },
    onCallback: ({ event, verification }) => timeline.event(event, verification),
  });
  try {
    return await place(receiver);
  } finally {
    await receiver.close();
  }
}
