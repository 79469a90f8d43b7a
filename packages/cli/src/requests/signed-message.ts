import { randomBytes, randomUUID } from 'node:crypto';
import { headerValue, type Header, type Message } from '@countersign/core/message';
import type { PrivateKey } from '@countersign/core/private-key';
import type { PublicKeyScheme } from '@countersign/core/public-key-scheme';
import type { RequestRules, Scheme } from '@countersign/core/scheme';
import type { Credential } from '@countersign/core/secret';
import { sign, type SignOptions } from '@countersign/core/sign';
import { signAsync } from '@countersign/core/sign-async';
import { signedMessage as withSignature } from '@countersign/core/signed-message';

/** A message with its body in hand. */
export type WholeMessage = Message & { readonly body: Uint8Array };

/**
 * A message as its sender would send it: with a fresh nonce, where the scheme has one, and with what signing adds.
 *
 * @throws CountersignError what `sign` throws
 */
export function signedMessage(
  scheme: Scheme,
  credential: Credential,
  unsigned: WholeMessage,
  options: SignOptions = {},
): WholeMessage {
  const message = withComponents(scheme, credential, withSignedValues(scheme, unsigned, options));
  const signed = withSignature(message, sign(scheme, credential, message, options));
  return { ...signed, body: signed.body as Uint8Array };
}

/** The same by a private key. @throws CountersignError what `signAsync` throws */
export async function keySignedMessage(
  scheme: PublicKeyScheme,
  privateKey: PrivateKey,
  unsigned: WholeMessage,
  options: SignOptions = {},
): Promise<WholeMessage> {
  const message = withSignedValues(scheme, unsigned, options);
  const signed = withSignature(message, await signAsync(scheme, { privateKey }, message, options));
  return { ...signed, body: signed.body as Uint8Array };
}

/** The headers of a message that a scheme signs, lower case. */
export function coveredHeadersOf({ parts, date }: RequestRules, { headers }: Message): readonly string[] {
  const names = parts.flatMap(({ source }) =>
    source.from === 'header' ? [source.header] : source.from === 'date' ? (date?.headers ?? []) : [],
  );
  return names.filter((name) => headerValue(headers, name) !== undefined);
}

/** With what is signed and not made by signing: a nonce, a date among the parameters, the length of the body. */
function withSignedValues(scheme: RequestRules, unsigned: WholeMessage, { date }: SignOptions): WholeMessage {
  const nonce = nonceHeader(scheme);
  let message = nonce === undefined ? unsigned : withHeaders(unsigned, [[nonce, freshNonce()]]);
  const parameter = scheme.date?.parameter;
  if (parameter !== undefined && date instanceof Date) {
    const unitMs = scheme.date?.format === 'epoch-milliseconds' ? 1 : 1000;
    const pair = [parameter, String(Math.floor(date.getTime() / unitMs))] as const;
    const dated = withSignature(message, { headers: [], parameters: [pair] });
    message = { ...dated, body: dated.body as Uint8Array };
  }
  if (scheme.parts.some(({ source }) => source.from === 'content-length')) {
    message = withHeaders(message, [['Content-Length', String(message.body.length)]]);
  }
  return message;
}

/** With the headers that each signature must cover, where the scheme names such. */
function withComponents({ components }: Scheme, { keyId = '' }: Credential, unsigned: WholeMessage): WholeMessage {
  const { required = [], keyHeader } = components ?? {};
  const absent = required.filter((name) => /^[a-z][a-z0-9-]*$/.test(name) && name !== 'content-digest');
  const headers = absent
    .filter((name) => headerValue(unsigned.headers, name) === undefined)
    .map((name): Header => [name, name === keyHeader ? keyId : randomUUID()]);
  return withHeaders(unsigned, headers);
}

/** The date to sign for a request of that time: where the date is the end of its validity, as far ahead as is usual. */
export function dateSignedAt({ date }: Scheme, at: Date): Date {
  return date?.expires ? new Date(at.getTime() + date.toleranceSeconds * 1000) : at;
}

/** The header that makes each request another one, where the scheme has such a header. */
export function nonceHeader({ nonce, parts }: RequestRules): string | undefined {
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
