import type { Header, Message } from '@countersign/core/message';
import type { Redaction } from '@countersign/core/redaction';
import type { ReceivedRequest } from '../contract/received-request.ts';
import { redactedValue } from './redacted-value.ts';
import type { Exchange } from './exchange.ts';
import type { AuthenticationRecord } from '../contract/exchange-recorder.ts';

/** What an exchange keeps of a request. */
type Recorded = Pick<Exchange, 'request' | 'head' | 'redacted'>;

/** A request as it is recorded: without any configured key, and byte for byte as it came when none was in it. */
export function recordedRequest({ message, head, body }: ReceivedRequest, redaction: Redaction): Recorded {
  const request = redactedMessage(message, body !== 'whole', redaction);
  const shownHead = head && redaction.bytes(head);
  return {
    request,
    ...(shownHead && { head: shownHead }),
    ...((request !== message || shownHead !== head) && { redacted: true as const }),
  };
}

function redactedMessage(message: ReceivedRequest['message'], isCut: boolean, redaction: Redaction): Message {
  const { method, target, headers } = message;
  // Hardly any request holds a key.
  if (redaction.isFree(headLines(target, headers), message.body, isCut)) return message;
  const body = redaction.bytes(message.body, isCut);
  const shownTarget = redaction.text(target);
  const shownHeaders = redactedValue(headers, redaction);
  if (body === message.body && shownTarget === target && shownHeaders === headers) return message;
  return { method, target: shownTarget, headers: shownHeaders, body };
}

function headLines(first: string, headers: readonly Header[]): string {
  // Joined at once: a text that grows piece by piece is copied when it is searched, and its pieces are garbage then.
  const pieces = [first];
  for (const [name, value] of headers) pieces.push(name, value);
  return pieces.join('\n');
}

/** An answer as it is recorded. */
export function recordedResponse(
  response: NonNullable<Exchange['response']>,
  redaction: Redaction,
): NonNullable<Exchange['response']> {
  const isCut = response.bodyBytes !== undefined;
  if (redaction.isFree(headLines('', response.headers), response.body, isCut)) return response;
  const headers = redactedValue(response.headers, redaction);
  return { ...response, headers, body: redaction.bytes(response.body, isCut) };
}

/** A judgement as it is recorded. A trace is made when somebody looks at it, out of the request as it was signed: it is redacted then. */
export function recordedJudgement(record: AuthenticationRecord, redaction: Redaction): AuthenticationRecord {
  const { summary, trace, diagnosis } = record;
  // Copied whole and then written on: with members behind a spread V8 would make a hidden class for each one.
  const recorded: { -readonly [Member in keyof AuthenticationRecord]: AuthenticationRecord[Member] } = { ...record };
  if (summary !== undefined) recorded.summary = redaction.text(summary);
  if (trace) recorded.trace = () => redactedValue(trace(), redaction);
  if (diagnosis) recorded.diagnosis = redactedValue(diagnosis, redaction);
  return recorded;
}
