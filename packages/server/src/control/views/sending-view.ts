import {
  array,
  boolean,
  integer,
  object,
  optional,
  string,
  tuple,
  union,
  type Static,
} from '../../json-schema/schema.ts';
import type { Sending } from '../../sending/send-event.ts';
import { bytesView, viewBytes } from './bytes-view.ts';

const headers = array(tuple([string(), string()]));

/** An event that can be sent to somebody's endpoint. */
export const readyEventView = object({
  provider: string(),
  name: string({ description: 'The provider’s name of it.' }),
  when: string({ description: 'When the provider sends it, completing “when …”.' }),
  proof: string({ description: 'What proves it: the id of a scheme or of a token, or `none`.' }),
});
/** An event that can be sent to somebody's endpoint. */
export type ReadyEventView = Static<typeof readyEventView>;

/** An event that was sent, and what came of it. */
export const sendingView = object({
  proof: string(),
  request: object({ headers, body: string({ description: 'Byte for byte.' }) }),
  answer: union([
    object({
      status: integer(),
      statusText: string(),
      headers,
      body: bytesView,
      isCut: optional(boolean({ description: 'true when there was more of it, or it broke off.' })),
    }),
    object({ failure: string() }),
  ]),
  elapsedMs: integer(),
});
/** An event that was sent, and what came of it. */
export type SendingView = Static<typeof sendingView>;

/** What was sent as the control API shows it. */
export function viewSending({
  headers: sent,
  body,
  proof,
  answer,
  elapsedMs,
}: Exclude<Sending, { problem: string }>): SendingView {
  return {
    proof,
    request: { headers: sent.map(([name, value]) => [name, value]), body },
    answer:
      'failure' in answer
        ? { failure: answer.failure }
        : {
            status: answer.status,
            statusText: answer.statusText,
            headers: answer.headers.map(([name, value]) => [name, value]),
            body: viewBytes(answer.body),
            ...(answer.isCut && { isCut: true }),
          },
    elapsedMs,
  };
}
