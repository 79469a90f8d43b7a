import { utf8 } from './canonical/byte-encoding.ts';
import { checkBody, type ContentDigest } from './content-digest.ts';

export { isContentDigest, type ContentDigest } from './content-digest.ts';

/** One header line: the name as it was spelled, the value without surrounding white space. */
export type Header = readonly [name: string, value: string];

/**
 * A request as it is on the wire. Nothing in it is normalized: the target is the second word of the request line,
 * byte for byte, the headers are every header line in order, and the body is the raw bytes.
 *
 * Text in `target` and `headers` stands for its UTF-8 bytes. A received byte that is not UTF-8 stands there as half of a
 * surrogate pair (the byte E9 as U+DCE9), which no signed value may hold.
 */
export interface Message {
  /**
   * Scheme and authority that the sender addressed, as written there: `https://example.com:443`. Where it is not known,
   * schemes that sign the absolute URL take `https://` and the Host header.
   */
  readonly origin?: string;
  /** The request method, in the case it was sent. */
  readonly method: string;
  /** The request target in origin form, `/path?query`, exactly as sent; `*` where a server was asked for its options. */
  readonly target: string;
  /** Every header line, in the order sent. */
  readonly headers: readonly Header[];
  /** The raw body; empty when there is none. */
  readonly body: Uint8Array | ContentDigest;
}

/** What `message` takes: a request as people write it down. */
export interface MessageInput {
  /** Scheme and authority that the sender addressed, where the URL does not say them: `wss://example.com`. */
  readonly origin?: string;
  readonly method?: string;
  /** An absolute URL, or an origin-form target when the headers carry `Host`. */
  readonly url: string;
  /** A list of lines, an object, or anything that iterates over pairs, as WHATWG `Headers` does. */
  readonly headers?: Iterable<Header> | Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array | ContentDigest;
}

/**
 * Makes a `Message` from a URL without normalizing it: `/a/../b`, `%7E` and an upper-case host stay as they are, which
 * `new URL` would not allow. Adds a `Host` header from the URL when none is given; drops a fragment, which is never sent.
 *
 * @throws TypeError when the URL is neither absolute http(s) nor a path beginning with `/`, or the body is neither text,
 * bytes nor a digest of `contentHasher`
 */
export function message(input: MessageInput): Message {
  const { origin: ofUrl, authority, target } = splitUrl(input.url);
  const { origin = ofUrl } = input;
  const headers = headerList(input.headers ?? []);
  if (authority !== undefined && headerValue(headers, 'host') === undefined) headers.unshift(['Host', authority]);
  const { body: given = new Uint8Array(0) } = input;
  const body = typeof given === 'string' ? utf8.encode(given) : given;
  checkBody(body);
  return { ...(origin !== undefined && { origin }), method: input.method ?? 'GET', target, headers, body };
}

function headerList(headers: NonNullable<MessageInput['headers']>): Header[] {
  return Symbol.iterator in headers ? [...(headers as Iterable<Header>)] : Object.entries(headers);
}

const absoluteUrl = /^(https?:\/\/)(?:[^/?#@]*@)?([^/?#]+)([^#]*)/i;

/** A URL taken apart, each piece as written. */
interface SplitUrl {
  /** Scheme and authority; `undefined` of a path. */
  readonly origin: string | undefined;
  readonly authority: string | undefined;
  /** In origin form. */
  readonly target: string;
}

/** Splits a URL into origin, authority and origin-form target, leaving all of them as written. */
export function splitUrl(url: string): SplitUrl {
  if (url.startsWith('/')) return { origin: undefined, authority: undefined, target: url.replace(/#.*$/s, '') };
  const match = absoluteUrl.exec(url);
  if (!match) throw new TypeError(`not an http(s) URL or a path beginning with "/": ${url}`);
  const [, scheme = '', authority = '', rest = ''] = match;
  return { origin: scheme + authority, authority, target: rest.startsWith('/') ? rest : `/${rest}` };
}

/** The value of a header that may appear once; the first one when it is repeated. */
export function headerValue(headers: readonly Header[], name: string): string | undefined {
  for (const header of headers) if (isNamed(header, name)) return header[1];
  return undefined;
}

/** Every value of a header, in the order sent. */
export function headerValues(headers: readonly Header[], name: string): string[] {
  return headers.filter((header) => isNamed(header, name)).map(([, value]) => value);
}

/** The value of a header that was sent once; how many times it was sent, where that is not once. */
export function onlyHeaderValue(headers: readonly Header[], name: string): string | number {
  let count = 0;
  let value = '';
  for (const header of headers) {
    if (!isNamed(header, name)) continue;
    count++;
    value = header[1];
  }
  return count === 1 ? value : count;
}

/** Whether a header has a name, in any case. A name that is spelled alike, as most are, is not written anew. */
function isNamed({ 0: spelled }: Header, name: string): boolean {
  return spelled.length === name.length && (spelled === name || spelled.toLowerCase() === name.toLowerCase());
}

/** Body length in bytes, streamed or not. */
export function bodyLength(body: Uint8Array | ContentDigest): number {
  return body.length;
}
