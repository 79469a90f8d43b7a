import type { PlacedCall } from '../../calls/call-outcome.ts';
import type { CallbackReceiver, ReceivedCallback } from '../../calls/callback-receiver.ts';
import { jsonBody, type SignedClient } from '../../calls/signed-client.ts';
import type { CallTimeline } from '../../calls/timeline.ts';

/** A call through ACS Call Automation. */
export interface PlayedCall {
  readonly client: SignedClient;
  readonly receiver: Pick<CallbackReceiver, 'waitFor'>;
  readonly timeline: CallTimeline;
  /** Where the events go: the receiver, as the service reaches it. */
  readonly callbackUri: string;
  readonly to: string;
  /** A number of the resource. */
  readonly from: string;
  readonly text: string;
  /** Where ACS has speech made; text cannot be played without one. */
  readonly cognitiveServicesEndpoint: string;
  /** How long the other side may ring, and how long the text may take, in milliseconds. */
  readonly patienceMs: number;
}

const version = 'api-version=2024-09-15';

/**
 * Calls a number, speaks the text when it is answered, and hangs up: CreateCall, CallConnected, Play, PlayCompleted,
 * HangUp.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-connection
 */
export async function createCallAndPlay(call: PlayedCall): Promise<PlacedCall> {
  const { client, timeline, patienceMs } = call;
  const created = await client.send('POST', `/calling/callConnections?${version}`, {
    targets: [{ kind: 'phoneNumber', phoneNumber: { value: call.to } }],
    sourceCallerIdNumber: { value: call.from },
    callbackUri: call.callbackUri,
    callIntelligenceOptions: { cognitiveServicesEndpoint: call.cognitiveServicesEndpoint },
  });
  if (created.status !== 201) return refused('CreateCall', created.status);
  const callId = String(jsonBody(created)['callConnectionId']);
  const next = (events: readonly string[]): Promise<ReceivedCallback> =>
    call.receiver.waitFor(
      (callback) => callback.callId === callId && callback.verification.ok && events.includes(callback.event),
      patienceMs,
      events[0] ?? '',
    );

  const connected = await next(['CallConnected', 'CreateCallFailed', 'CallDisconnected']);
  if (connected.event !== 'CallConnected') {
    return { callId, answered: false, spoken: false, summary: `not answered: ${reasonOf(connected)}` };
  }
  timeline.state(`${call.to} answered`);

  const path = `/calling/callConnections/${encodeURIComponent(callId)}`;
  const played = await client.send('POST', `${path}:play?${version}`, {
    playSources: [{ kind: 'text', text: { text: call.text, sourceLocale: 'en-US', voiceKind: 'female' } }],
    playTo: [],
    playOptions: { loop: false },
  });
  if (played.status !== 202) return { ...refused('Play', played.status), callId, answered: true };
  const ended = await next(['PlayCompleted', 'PlayFailed', 'PlayCanceled', 'CallDisconnected']);
  const spoken = ended.event === 'PlayCompleted';
  timeline.state(
    spoken ? 'the text was spoken' : `the text was not spoken to its end: ${ended.event} ${reasonOf(ended)}`,
  );

  if (ended.event !== 'CallDisconnected') {
    await client.send('DELETE', `${path}?${version}`);
    await next(['CallDisconnected']);
  }
  timeline.state('the call has ended');
  const summary = spoken ? 'answered and spoken' : `answered, but not spoken to its end: ${reasonOf(ended)}`;
  return { callId, answered: true, spoken, summary };
}

function refused(operation: string, status: number): PlacedCall {
  return { answered: false, spoken: false, summary: `${operation} was refused with ${status}` };
}

function reasonOf({ event, data }: ReceivedCallback): string {
  const result = data['resultInformation'] as { message?: string; code?: number; subCode?: number } | undefined;
  if (!result) return event;
  return `${result.code ?? '?'}/${result.subCode ?? '?'} ${result.message ?? ''}`.trim();
}
