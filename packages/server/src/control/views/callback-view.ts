import { Type, type Static } from 'typebox';
import type { AttemptOutcome, Callback } from '../../callbacks/callback.ts';

/** A callback with every attempt to deliver it. */
export const callbackView = Type.Object({
  id: Type.String(),
  call: Type.String(),
  event: Type.String({ description: 'The provider’s name of it: `Microsoft.Communication.CallConnected`, `ace`.' }),
  urls: Type.Array(Type.String()),
  state: Type.Enum(['queued', 'delivering', 'delivered', 'undelivered']),
  queuedAtMs: Type.Number({ description: 'Wall clock, milliseconds since the epoch.' }),
  headers: Type.Array(Type.Tuple([Type.String(), Type.String()])),
  body: Type.String({ description: 'Byte for byte.' }),
  attempts: Type.Array(
    Type.Object({
      url: Type.String(),
      startedAtMs: Type.Number(),
      elapsedMs: Type.Number(),
      requestHeaders: Type.Array(Type.Tuple([Type.String(), Type.String()])),
      outcome: Type.Unsafe<AttemptOutcome>(
        Type.Union([
          Type.Object({ status: Type.Integer(), headers: Type.Array(Type.Unknown()), body: Type.String() }),
          Type.Object({ failure: Type.String(), detail: Type.String() }),
        ]),
      ),
    }),
  ),
});
export type CallbackView = Static<typeof callbackView>;

export function viewCallback(callback: Callback): CallbackView {
  const { id, call, event, urls, state, queuedAtMs, headers, body, attempts } = callback;
  return {
    id,
    call,
    event,
    urls: [...urls],
    state,
    queuedAtMs,
    headers: headers.map(([name, value]) => [name, value]),
    body,
    attempts: attempts.map(({ requestHeaders, ...attempt }) => ({
      ...attempt,
      requestHeaders: requestHeaders.map(([name, value]) => [name, value]),
    })),
  };
}
