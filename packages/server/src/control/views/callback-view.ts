import type { AttemptOutcome, Callback } from '../../callbacks/callback.ts';
import {
  array,
  boolean,
  choice,
  integer,
  number,
  object,
  optional,
  string,
  tuple,
  typed,
  union,
  unknown,
  type Static,
} from '../../json-schema/schema.ts';

/** A callback with every attempt to deliver it. */
export const callbackView = object({
  id: string(),
  call: optional(string({ description: 'The call that it is about; absent for text messages.' })),
  event: string({ description: 'The provider’s name of it: `Microsoft.Communication.CallConnected`, `ace`.' }),
  urls: array(string()),
  state: choice(['queued', 'delivering', 'delivered', 'undelivered']),
  queuedAtMs: number({ description: 'Wall clock, milliseconds since the epoch.' }),
  headers: array(tuple([string(), string()])),
  body: string({ description: 'Byte for byte.' }),
  attempts: array(
    object({
      url: string(),
      startedAtMs: number(),
      elapsedMs: number(),
      requestHeaders: array(tuple([string(), string()])),
      outcome: typed<AttemptOutcome>(
        union([
          object({
            status: integer(),
            headers: array(unknown()),
            body: string(),
            bodyBytes: optional(integer({ description: 'How long the body was, when only its beginning is here.' })),
            headersCut: optional(boolean({ description: 'true when there were more headers.' })),
          }),
          object({ failure: string(), detail: string() }),
        ]),
      ),
    }),
  ),
  attemptsDropped: optional(integer({ description: 'How many attempts there were before those; absent for none.' })),
});
/** A callback and the attempts to deliver it. */
export type CallbackView = Static<typeof callbackView>;

/** A callback as the control API shows it. */
export function viewCallback(callback: Callback): CallbackView {
  const { id, call, event, urls, state, queuedAtMs, headers, body, attempts, attemptsDropped } = callback;
  return {
    id,
    ...(call !== undefined && { call }),
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
    ...(attemptsDropped !== undefined && { attemptsDropped }),
  };
}
