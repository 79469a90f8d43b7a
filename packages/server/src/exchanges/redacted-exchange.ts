import type { Message } from '@countersign/core/message';
import type { Redaction } from '@countersign/core/redaction';
import type { ReceivedRequest } from '../http/receive-message.ts';
import { redactedValue } from './redacted-value.ts';
import type { AuthenticationRecord, Exchange } from './exchange.ts';

/** What an exchange keeps of a request. */
type Recorded = Pick<Exchange, 'request' | 'head' | 'redacted'>;

/** A request as it is recorded: without any configured key, and byte for byte as it came when none was in it. */
export function recordedRequest({ message, head }: ReceivedRequest, redaction: Redaction): Recorded {
  const request = redactedMessage(message, redaction);
  const shownHead = head && redaction.bytes(head);
  return {
    request,
    ...(shownHead && { head: shownHead }),
    ...((request !== message || shownHead !== head) && { redacted: true as const }),
  };
}

function redactedMessage(message: ReceivedRequest['message'], redaction: Redaction): Message {
  const { method, target, headers } = message;
  const body = redaction.bytes(message.body);
  // One search for all lines: nearly every request holds no key.
  const lines = `${target}\n${headers.map(([name, value]) => `${name}\n${value}`).join('\n')}`;
  if (redaction.text(lines) === lines) return body === message.body ? message : { method, target, headers, body };
  return { method, target: redaction.text(target), headers: redactedValue(headers, redaction), body };
}

/** What is learned about an exchange, as it is recorded. */
export function recordedFields(fields: Partial<Exchange>, redaction: Redaction): Partial<Exchange> {
  const { response, authentication } = fields;
  if (!response && !authentication) return fields;
  return {
    ...fields,
    ...(response && { response: redactedValue(response, redaction) }),
    ...(authentication && { authentication: recordedJudgement(authentication, redaction) }),
  };
}

/** A trace is made when somebody looks at it, out of the request as it was signed: it is redacted then. */
function recordedJudgement(record: AuthenticationRecord, redaction: Redaction): AuthenticationRecord {
  const { trace } = record;
  return {
    ...redactedValue(record, redaction),
    ...(trace && { trace: () => redactedValue(trace(), redaction) }),
  };
}
