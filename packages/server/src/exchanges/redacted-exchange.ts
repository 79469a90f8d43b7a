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
  const body = redaction.bytes(message.body, isCut);
  const [shownTarget, shownHeaders] = redactedHead(target, headers, redaction);
  if (body === message.body && shownTarget === target && shownHeaders === headers) return message;
  return { method, target: shownTarget, headers: shownHeaders, body };
}

/** One search for all lines: hardly any request or answer holds a key. */
function redactedHead(
  first: string,
  headers: readonly Header[],
  redaction: Redaction,
): readonly [first: string, headers: readonly Header[]] {
  // Joined at once: a text that grows piece by piece is copied when it is searched, and its pieces are garbage then.
  const pieces = [first];
  for (const [name, value] of headers) pieces.push(name, value);
  const lines = pieces.join('\n');
  return redaction.text(lines) === lines
    ? [first, headers]
    : [redaction.text(first), redactedValue(headers, redaction)];
}

/** What is learned about an exchange, as it is recorded. Assigned, not spread, which V8 does slowly with many shapes. */
export function recordedFields(fields: Partial<Exchange>, redaction: Redaction): Partial<Exchange> {
  const { response, authentication } = fields;
  if (response) return Object.assign({}, fields, { response: recordedResponse(response, redaction) });
  if (authentication)
    return Object.assign({}, fields, { authentication: recordedJudgement(authentication, redaction) });
  return fields;
}

function recordedResponse(
  response: NonNullable<Exchange['response']>,
  redaction: Redaction,
): NonNullable<Exchange['response']> {
  const [, headers] = redactedHead('', response.headers, redaction);
  const body = redaction.bytes(response.body, response.bodyBytes !== undefined);
  return headers === response.headers && body === response.body ? response : { ...response, headers, body };
}

/** A trace is made when somebody looks at it, out of the request as it was signed: it is redacted then. */
function recordedJudgement(record: AuthenticationRecord, redaction: Redaction): AuthenticationRecord {
  const { summary, trace, diagnosis } = record;
  if (summary === undefined && !trace && !diagnosis) return record;
  return {
    ...record,
    ...(summary !== undefined && { summary: redaction.text(summary) }),
    ...(trace && { trace: () => redactedValue(trace(), redaction) }),
    ...(diagnosis && { diagnosis: redactedValue(diagnosis, redaction) }),
  };
}
