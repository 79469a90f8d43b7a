import { randomBytes } from 'node:crypto';
import { headerValue, message, type ContentDigest, type Header } from '@countersign/core/message';
import type { Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { sign } from '@countersign/core/sign';
import type { HeldBody } from '../body/held-body.ts';
import { headersToUpstream } from '../wire/forwarded-headers.ts';
import type { SentHead } from '../wire/forward.ts';
import type { Destination } from './target.ts';

/** A request that is signed as it goes out. */
export interface SignedRequest {
  readonly head: SentHead;
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
  const kept = pairs(headersToUpstream(rawHeaders)).filter(([name]) => !notForwarded.has(name.toLowerCase()));
  const own: Header[] = [...kept, ...(nonce ? [nonce] : [])];
  const unsigned = message({
    method,
    url: `${upstream.secure ? 'https' : 'http'}://${authority}${path}`,
    headers: [['Host', authority], ...own.filter(([name], at) => isLast(own, name, at, nonce))],
    body: await contentOf(body, scheme),
  });
  const { headers: added } = sign(scheme, credential, unsigned, { date: now });
  const headers = [...unsigned.headers.filter(([name]) => headerValue(added, name) === undefined), ...added];
  const framed: Header[] = body.length > 0 || !bodyless.has(method) ? [['Content-Length', String(body.length)]] : [];
  return {
    head: { method, target: path, headers: [...headers, ...framed].flatMap(([name, value]) => [name, latin1(value)]) },
    message: { ...unsigned, headers },
  };
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
  const signsBytes = parts.some(({ source }) => source.from === 'body');
  return signsBytes || body.content === undefined ? body.bytes() : body.content;
}

function pairs(raw: readonly string[]): Header[] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, utf8(raw[at + 1] ?? '')] as const] : []));
}

/** Node gives and takes a byte as one character; what is signed is text. */
function utf8(value: string): string {
  return Buffer.from(value, 'latin1').toString('utf8');
}

function latin1(value: string): string {
  return Buffer.from(value, 'utf8').toString('latin1');
}
