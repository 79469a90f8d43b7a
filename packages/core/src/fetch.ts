import { checkCredential } from './check-credential.ts';
import { textOfBytes } from './canonical/wire-text.ts';
import { utf8 } from './canonical/byte-encoding.ts';
import { isContentDigest, message, type ContentDigest, type Header, type Message } from './message.ts';
import { checkFunction } from './option-checks.ts';
import type { Scheme } from './scheme.ts';
import type { Credential } from './secret.ts';
import { sign, type SignOptions } from './sign.ts';

/** A body that is not held in memory: its digest must be known before the headers go out. */
export interface StreamedBody {
  readonly stream: ReadableStream<Uint8Array>;
  /** From `contentHasher` or `digestStream`, over the very bytes that `stream` will give. */
  readonly digest: ContentDigest;
}

/** What `fetch` takes, with bodies whose bytes are known when the request is signed. */
export interface SignedRequestInit extends Omit<RequestInit, 'body'> {
  readonly body?: string | Uint8Array<ArrayBuffer> | ArrayBuffer | URLSearchParams | StreamedBody | null;
}

/** How requests are signed and sent. */
export interface SignedFetchOptions extends Omit<SignOptions, 'date'> {
  /** Sends the signed request. Defaults to the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** The clock. Defaults to the system's. */
  readonly now?: () => Date;
}

/** Signs a request and sends it. */
export type SignedFetch = (url: string | URL, init?: SignedRequestInit) => Promise<Response>;

/**
 * A `fetch` that signs exactly what it sends.
 *
 * What `fetch` sends is not what it is given: it resolves `/a/../b`, escapes spaces, drops a default port, writes `get`
 * as `GET` and gives a text body a content type. All that is done here first, and the outcome is both signed and sent; to
 * send a target as it is written, sign a `message` and use a client that leaves targets alone.
 *
 * Redirects are not followed: the signature belongs to one target, and a second one is the caller's decision. In Node the
 * redirect is returned as it is; browsers return an opaque response. Each call signs again, so a retry is a new signature.
 *
 * In browsers the `Date` header cannot be set, so `dateHeader: 'date'` works on servers only.
 *
 * @throws TypeError when the URL is not absolute http(s), `redirect` is `follow`, the headers carry `Host` (fetch derives
 * it from the URL), or the body is of a kind whose bytes are not known yet; what `sign` throws. All as a rejection; but
 * a credential without a `Secret` or an option of another type is refused at once.
 */
export function signedFetch(scheme: Scheme, credential: Credential, options: SignedFetchOptions = {}): SignedFetch {
  const { fetch: send = globalThis.fetch, now = () => new Date(), ...signOptions } = options;
  checkCredential(scheme, credential);
  checkFunction('fetch', send, 'a function such as the global fetch');
  checkFunction('now', now, 'a function that returns a Date');
  return async (url, init = {}) => {
    const request = asSent(new URL(url), init);
    const { headers } = sign(scheme, credential, request.message, { ...signOptions, date: now() });
    for (const [name, value] of headers) request.init.headers.set(name, value);
    return send(request.href, request.init);
  };
}

type SentInit = Omit<RequestInit, 'headers'> & { headers: Headers; duplex?: 'half' };

/** The request as `fetch` will send it: once as arguments for it, once as the message to sign. */
function asSent(url: URL, init: SignedRequestInit): { href: string; init: SentInit; message: Message } {
  if (init.redirect === 'follow') {
    throw new TypeError('a signed request follows no redirects: use redirect "manual" or "error"');
  }
  const headers = new Headers(init.headers);
  if (headers.has('host')) throw new TypeError('fetch derives Host from the URL: leave the header out');
  // An empty query is sent as "?" by some runtimes and dropped by others.
  if (url.search === '') url.search = '';
  url.hash = '';
  const method = normalizedMethod(init.method ?? 'GET');
  const { body, signedBody, contentType } = bodyAsSent(init.body ?? null);
  if (contentType !== undefined && !headers.has('content-type')) headers.set('content-type', contentType);
  return {
    href: url.href,
    init: {
      ...init,
      redirect: init.redirect ?? 'manual',
      method,
      headers,
      body,
      ...(isStream(body) && { duplex: 'half' as const }),
    },
    message: message({
      method,
      url: url.href,
      headers: [...headers].map(([name, value]): Header => [name, textOfBytes(value)]),
      body: signedBody,
    }),
  };
}

/** The methods that `fetch` writes in upper case; it leaves others, `patch` too, as they are. */
function normalizedMethod(method: string): string {
  return /^(?:delete|get|head|options|post|put)$/i.test(method) ? method.toUpperCase() : method;
}

interface BodyAsSent {
  readonly body: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array> | null;
  readonly signedBody: Uint8Array | ContentDigest;
  /** What `fetch` says of such a body unless it is told otherwise. */
  readonly contentType?: string;
}

function bodyAsSent(body: NonNullable<SignedRequestInit['body']> | null): BodyAsSent {
  if (body === null) return { body, signedBody: new Uint8Array() };
  if (body instanceof Uint8Array) return { body, signedBody: body };
  if (body instanceof ArrayBuffer) return bodyAsSent(new Uint8Array(body));
  if (typeof body === 'string') return text(body, 'text/plain;charset=UTF-8');
  if (body instanceof URLSearchParams) {
    return text(body.toString(), 'application/x-www-form-urlencoded;charset=UTF-8');
  }
  if (isStream(body.stream) && isContentDigest(body.digest)) return { body: body.stream, signedBody: body.digest };
  throw new TypeError(
    'the bytes of this body are not known yet: give text, bytes, URLSearchParams, or a stream with its digest by contentHasher',
  );
}

function text(body: string, contentType: string): BodyAsSent {
  const bytes = utf8.encode(body);
  return { body: bytes, signedBody: bytes, contentType };
}

function isStream(body: unknown): body is ReadableStream<Uint8Array> {
  return body instanceof ReadableStream;
}
