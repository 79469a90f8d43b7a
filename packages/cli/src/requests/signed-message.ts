import { randomBytes } from 'node:crypto';
import { headerValue, type Header, type Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import type { Credential } from '@countersign/core/secret';
import { sign, type SignOptions } from '@countersign/core/sign';

/** A message with its body in hand. */
export type WholeMessage = Message & { readonly body: Uint8Array };

/**
 * A message as its sender would send it: with a fresh nonce, where the scheme has one, and the headers that signing makes
 * in place of any of the same name.
 *
 * @throws CountersignError what `sign` throws
 */
export function signedMessage(
  scheme: Scheme,
  credential: Credential,
  unsigned: WholeMessage,
  options: SignOptions = {},
): WholeMessage {
  const nonce = nonceHeader(scheme);
  const message = nonce === undefined ? unsigned : withHeaders(unsigned, [[nonce, freshNonce()]]);
  return withHeaders(message, sign(scheme, credential, message, options).headers);
}

/** The header that makes each request another one, where the scheme has such a header. */
export function nonceHeader({ nonce, parts }: Scheme): string | undefined {
  const source = parts.find(({ name }) => name === nonce)?.source;
  return source?.from === 'header' ? source.header : undefined;
}

/** The message with these headers in place of any of the same name. */
export function withHeaders<M extends Message>(message: M, headers: readonly Header[]): M {
  const kept = message.headers.filter(([name]) => headerValue(headers, name) === undefined);
  return { ...message, headers: [...kept, ...headers] };
}

const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** 26 letters and digits, as providers write theirs. */
function freshNonce(): string {
  return Array.from(randomBytes(26), (byte) => letters[byte % letters.length]).join('');
}
