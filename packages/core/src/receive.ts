import { message, splitUrl, type ContentDigest, type Header, type Message } from './message.ts';

/** The part of Node's `IncomingMessage` that is read here; Express's and Fastify's raw requests have it too. */
export interface IncomingRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Express keeps the whole target here where a router has cut its own mount path off `url`. */
  readonly originalUrl?: string | undefined;
  /** Names and values in turn, as Node received them. */
  readonly rawHeaders: readonly string[];
}

export interface ReceiveOptions {
  /**
   * The URL under which the sender reaches this server's root, for servers behind a proxy that changes the host or cuts a
   * path prefix: with `https://example.com/hooks`, what arrives here as `/sinch` was signed as `/hooks/sinch` for the host
   * `example.com`. Forwarded headers are never believed.
   */
  readonly publicUrl?: string | undefined;
}

/**
 * The message that Node received, as it was on the wire.
 *
 * @param body the raw bytes, before any parser: `express.raw({ type: '*\/*' })`, Fastify's buffer parser, or the digest of
 * a body that was streamed. Nothing at all is an empty body.
 * @throws TypeError when the body was parsed already, the request has no target, or `publicUrl` is not an http(s) URL
 * without query
 */
export function messageFromIncoming(
  request: IncomingRequest,
  body: Uint8Array | ArrayBuffer | ContentDigest | undefined,
  options: ReceiveOptions = {},
): Message {
  const target = request.originalUrl ?? request.url;
  if (target === undefined || request.method === undefined) {
    throw new TypeError('the request has no method or target: pass the IncomingMessage that the server received');
  }
  const headers: Header[] = [];
  for (let at = 0; at + 1 < request.rawHeaders.length; at += 2) {
    headers.push([request.rawHeaders[at] ?? '', utf8FromLatin1(request.rawHeaders[at + 1] ?? '')]);
  }
  const received = { method: request.method, target: originForm(utf8FromLatin1(target)), headers, body: rawBody(body) };
  return options.publicUrl === undefined ? received : atPublicUrl(received, options.publicUrl);
}

/**
 * The message of a Fetch API `Request`, as far as that still knows it: the URL has been normalized (`/a/../b`, the host's
 * case, a default port), header names are in lower case and repeated headers are joined. A sender who signed another
 * spelling is refused. Where the runtime offers Node's request, `messageFromIncoming` has none of these limits.
 *
 * Reads a copy of the body, so the request can still be read.
 *
 * @throws TypeError when the body was read before, or `publicUrl` is not an http(s) URL without query
 */
export async function messageFromRequest(request: Request, options: ReceiveOptions = {}): Promise<Message> {
  if (request.bodyUsed) throw new TypeError('the body was read before: make the message first');
  const body = new Uint8Array(await request.clone().arrayBuffer());
  const headers = [...request.headers].map(([name, value]): Header => [name, utf8FromLatin1(value)]);
  const received = message({ method: request.method, url: request.url, headers, body });
  return options.publicUrl === undefined ? received : atPublicUrl(received, options.publicUrl);
}

/** The message as its sender addressed it. */
function atPublicUrl(received: Message, publicUrl: string): Message {
  const { authority, target: prefix } = splitUrl(publicUrl);
  if (authority === undefined || prefix.includes('?')) {
    throw new TypeError(`publicUrl must be an http(s) URL without query: ${publicUrl}`);
  }
  const headers = received.headers.filter(([name]) => name.toLowerCase() !== 'host');
  return {
    ...received,
    target: prefix.replace(/\/$/, '') + received.target,
    headers: [['Host', authority], ...headers],
  };
}

/** A client that takes this server for a proxy sends the whole URL as its target; its path and query are what is signed. */
function originForm(target: string): string {
  return target.startsWith('/') || target === '*' ? target : splitUrl(target).target;
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Node gives header and target bytes as one character each. Where they are UTF-8 the message holds that text; bytes that
 * are not UTF-8 stay characters, which is what a client that wrote Latin-1 signed.
 */
function utf8FromLatin1(text: string): string {
  // oxlint-disable-next-line no-control-regex -- bytes beyond ASCII, and nothing beyond bytes
  if (!/[\x80-\xff]/.test(text) || /[^\x00-\xff]/.test(text)) return text;
  try {
    return utf8.decode(Uint8Array.from(text, (character) => character.charCodeAt(0)));
  } catch {
    return text;
  }
}

function rawBody(body: unknown): Uint8Array | ContentDigest {
  if (body === undefined || body === null) return new Uint8Array();
  if (body instanceof Uint8Array) return body;
  if (body instanceof ArrayBuffer) return new Uint8Array(body);
  if (typeof body === 'object' && 'algorithm' in body && 'digest' in body && 'length' in body)
    return body as ContentDigest;
  throw new TypeError('the body must be the raw bytes as they arrived; this one was parsed or decoded before');
}
