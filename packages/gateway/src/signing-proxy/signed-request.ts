import { randomBytes } from 'node:crypto';
import { message, type ContentDigest, type Header } from '@countersign/core/message';
import type { Message } from '@countersign/core/message';
import { headFromIncoming } from '@countersign/core/receive';
import type { Scheme } from '@countersign/core/scheme';
import { sign } from '@countersign/core/sign';
import { signedMessage } from '@countersign/core/signed-message';
import { BodyInMemory, type HeldBody } from '../body/held-body.ts';
import type { SentHead } from '../wire/connections.ts';
import { headersToUpstream } from '../wire/forwarded-headers.ts';
import type { Destination } from './target.ts';

/** A request that is signed as it goes out. */
export interface SignedRequest {
  readonly head: SentHead;
  readonly body: HeldBody;
  /** The same, as it can be verified. */
  readonly message: Message;
}

/** What a client says of its own connection, or to a proxy, and what signing says instead. */
const notForwarded = new Set([
  'host',
  'expect',
  'te',
  'trailer',
  'upgrade',
  'transfer-encoding',
  'content-length',
  'authorization',
  'proxy-authorization',
]);

/**
 * Signs a request for its target: the bytes that go out, with the target's Host, the length of the body that was held, and
 * whatever else the client sent.
 *
 * @throws CountersignError what `sign` throws
 */
export async function signedRequest(
  method: string,
  rawHeaders: readonly string[],
  { target: { authority, upstream, scheme, credential }, path }: Destination,
  body: HeldBody,
  now: Date,
): Promise<SignedRequest> {
  const nonce = nonceOf(scheme);
  const { headers: received } = headFromIncoming({ method, rawHeaders: headersToUpstream(rawHeaders) });
  const kept = received.filter(([name]) => !notForwarded.has(name.toLowerCase()));
  const own: Header[] = [...kept, ...(nonce ? [nonce] : [])];
  const unsigned = message({
    method,
    url: `${upstream.secure ? 'https' : 'http'}://${authority}${path}`,
    headers: [
      ['Host', authority],
      ...own.filter(([name], at) => isLast(own, name, at, nonce)),
      ...lengthOf(method, body),
    ],
    body: await contentOf(body, scheme),
  });
  const date = scheme.date?.expires ? new Date(now.getTime() + scheme.date.toleranceSeconds * 1000) : now;
  const signed = signedMessage(unsigned, sign(scheme, credential, unsigned, { date }));
  // Of a few schemes the signature is a field of the form.
  const sentBody = signed.body === unsigned.body ? body : new BodyInMemory(signed.body as Uint8Array);
  const headers = signed.headers.map(([name, value]) =>
    isLength(name) ? [name, String(sentBody.length)] : [name, value],
  );
  return {
    head: {
      method,
      target: signed.target,
      headers: headers.flatMap(([name = '', value = '']) => [name, wireText(value)]),
      isFramed: headers.some(([name = '']) => isLength(name)),
    },
    body: sentBody,
    message: signed,
  };
}

/** In front of the signature, because a few schemes sign it. */
function lengthOf(method: string, { length }: HeldBody): readonly Header[] {
  return length > 0 || !bodyless.has(method) ? [['Content-Length', String(length)]] : [];
}

function isLength(name: string): boolean {
  return name.toLowerCase() === 'content-length';
}

const bodyless = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']);

/** A nonce of the client's gives way to a fresh one: a retry is signed anew. */
function isLast(own: readonly Header[], name: string, at: number, nonce: Header | undefined): boolean {
  return nonce === undefined || name.toLowerCase() !== nonce[0].toLowerCase() || at === own.length - 1;
}

function nonceOf({ nonce, parts }: Scheme): Header | undefined {
  const source = parts.find(({ name }) => name === nonce)?.source;
  return source?.from === 'header' ? [source.header, randomBytes(16).toString('hex')] : undefined;
}

/** The bytes, or their digest where that is all that is signed. */
async function contentOf(body: HeldBody, { parts }: Scheme): Promise<Uint8Array | ContentDigest> {
  // Whatever else is signed of a body, forms and their fields, is read from its bytes.
  const signsDigest = parts.some(({ source }) => source.from === 'content-hash');
  return signsDigest && body.content !== undefined ? body.content : body.bytes();
}

/** Text as Node writes it, a character for a byte; half of a surrogate pair stands for a byte that is not UTF-8. */
function wireText(value: string): string {
  return Array.from(value, (character) => {
    const code = character.codePointAt(0) ?? 0;
    const isByte = code >= 0xdc80 && code <= 0xdcff;
    return isByte ? String.fromCharCode(code & 0xff) : Buffer.from(character, 'utf8').toString('latin1');
  }).join('');
}
