import { headerValue } from '@countersign/core/message';
import { withHeaders, type WholeMessage } from '../../requests/signed-message.ts';
import type { AttackContext } from '../attack.ts';

/** The message with its signature written otherwise; `undefined` where that changes nothing. */
export function respelled(
  { prover }: AttackContext,
  message: WholeMessage,
  change: (signature: string) => string,
): WholeMessage | undefined {
  const signature = prover.signatureOf(message);
  if (signature === undefined || change(signature) === signature) return undefined;
  if (prover.proofHeader === '') return inParameter(message, signature, change(signature));
  const value = headerValue(message.headers, prover.proofHeader) ?? '';
  const other = replacedLast(value, signature, change(signature));
  return other === value ? undefined : withHeaders(message, [[prover.proofHeader, other]]);
}

/** The same where it stands in the query or in a form. */
function inParameter(message: WholeMessage, signature: string, other: string): WholeMessage | undefined {
  const [written, changed] = [encodeURIComponent(signature), encodeURIComponent(other)];
  const target = replacedLast(message.target, written, changed);
  if (target !== message.target) return { ...message, target };
  const text = Buffer.from(message.body).toString('utf8');
  const body = replacedLast(text, written, changed);
  return body === text ? undefined : { ...message, body: Buffer.from(body) };
}

function replacedLast(text: string, part: string, other: string): string {
  const at = text.lastIndexOf(part);
  return at < 0 ? text : text.slice(0, at) + other + text.slice(at + part.length);
}
