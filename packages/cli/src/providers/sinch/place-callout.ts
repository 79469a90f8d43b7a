import type { PlacedCall } from '../../calls/call-outcome.ts';
import type { CallbackReceiver } from '../../calls/callback-receiver.ts';
import { jsonBody, type SignedClient } from '../../calls/signed-client.ts';
import type { CallTimeline } from '../../calls/timeline.ts';

/** A text-to-speech callout through Sinch Voice. */
export interface Callout {
  readonly client: SignedClient;
  readonly timeline: CallTimeline;
  /** Waits for callbacks; without one the call is asked for until it has ended. */
  readonly receiver?: Pick<CallbackReceiver, 'waitFor'>;
  readonly to: string;
  /** A number of the application. */
  readonly from: string;
  /** Plain text, or a list of prompts such as `#ssml[<speak>…</speak>]`. */
  readonly speech: { readonly text: string } | { readonly prompts: string };
  /** How long the whole call may take, in milliseconds. */
  readonly patienceMs: number;
}

/**
 * Has Sinch call a number and speak. Sinch hangs up when it has spoken.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/callouts/
 */
export async function placeCallout(call: Callout): Promise<PlacedCall> {
  const { client, timeline, receiver, patienceMs } = call;
  const created = await client.send('POST', '/calling/v1/callouts', {
    method: 'ttsCallout',
    ttsCallout: {
      cli: call.from,
      destination: { type: 'number', endpoint: call.to },
      locale: 'en-US',
      ...call.speech,
      ...(receiver && { enableAce: true, enableDice: true }),
    },
  });
  if (created.status !== 200) {
    return { answered: false, spoken: false, summary: `the callout was refused with ${created.status}` };
  }
  const callId = String(jsonBody(created)['callId']);
  const ended = receiver ? await endOfCall(receiver, callId, patienceMs) : await pollCall(client, callId, patienceMs);
  const result = String(ended['result'] ?? 'unknown');
  const reason = String(ended['reason'] ?? 'unknown');
  const answered = result.toUpperCase() === 'ANSWERED';
  // Sinch hangs up itself when the prompt has ended; a callee who hangs up has not heard it all.
  const spoken = answered && reason.toUpperCase() === 'MANAGERHANGUP';
  timeline.state(`the call has ended: ${result}, ${reason}`);
  const summary = spoken
    ? 'answered and spoken'
    : `${answered ? 'answered, but not spoken to its end' : 'not answered'}: ${result}, ${reason}`;
  return { callId, answered, spoken, summary };
}

async function endOfCall(
  receiver: Pick<CallbackReceiver, 'waitFor'>,
  callId: string,
  patienceMs: number,
): Promise<Readonly<Record<string, unknown>>> {
  const dice = await receiver.waitFor(
    (callback) => callback.callId === callId && callback.verification.ok && callback.event === 'dice',
    patienceMs,
    'the DiCE callback',
  );
  return dice.data;
}

async function pollCall(client: SignedClient, callId: string, patienceMs: number): Promise<Record<string, unknown>> {
  const deadlineMs = performance.now() + patienceMs;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const call = jsonBody(await client.send('GET', `/calling/v1/calls/id/${encodeURIComponent(callId)}`));
    if (call['status'] === 'FINAL' || performance.now() > deadlineMs) return call;
  }
}
