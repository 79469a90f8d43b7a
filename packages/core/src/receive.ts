import { originForm } from './canonical/request-target.ts';
import { textOfBytes } from './canonical/wire-text.ts';
import { headerValue, headerValues, type Header, type Message } from './message.ts';
import { noOptions } from './option-checks.ts';
import { atPlace, publicPlace, type PublicUrl } from './public-place.ts';
import { bodyProblem, messageBody, type IncomingBody } from './received-body.ts';

export { atPlace, publicPlace, type PublicUrl } from './public-place.ts';
export type { IncomingBody } from './received-body.ts';

/** The part of Node's `IncomingMessage` that is read here; Express's and Fastify's raw requests have it too. */
export interface IncomingRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  /** Express keeps the whole target here where a router has cut its own mount path off `url`. */
  readonly originalUrl?: string | undefined;
  /** Names and values in turn, as Node received them. */
  readonly rawHeaders: readonly string[];
}

/** The part of a Fetch API `Request` that is read here; the `HttpRequest` of Azure Functions has it too. */
export interface FetchRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: Iterable<readonly string[]>;
  readonly bodyUsed: boolean;
  clone(): { arrayBuffer(): Promise<ArrayBuffer> };
}

/** How senders reach this server. */
export interface ReceiveOptions {
  /**
   * The URL under which the sender reaches this server's root, for servers behind a proxy that changes the host or cuts a
   * path prefix: with `https://example.com/hooks`, what arrives here as `/sinch` was signed as `/hooks/sinch` for the host
   * `example.com`. Schemes that sign the absolute URL sign its `https://example.com` as it is written here. A function gets
   * what was received and returns such a URL, for servers that are known under several. Forwarded headers are never believed.
   */
  readonly publicUrl?: PublicUrl | undefined;
}

/** A request without its body: what has arrived when its head has, and all that `readClaims` looks at. */
export type MessageHead = Omit<Message, 'body'>;

/**
 * The message that Node received, as it was on the wire. Whatever a sender sent is handed on: `verify` refuses what is no
 * signed request.
 *
 * @param body the raw bytes, before any parser: `express.raw({ type: () => true, inflate: false })`, Fastify's buffer
 * parser, or the digest of a body that was streamed; `undefined` for a request that has none
 * @throws TypeError when this server is wired wrongly: the body was parsed, decoded or left unread, `request` is not
 * Node's, or `publicUrl` is not an http(s) URL without query. A `receiver` does not throw for a body.
 */
export function messageFromIncoming(
  request: IncomingRequest,
  body: IncomingBody,
  options: ReceiveOptions = noOptions,
): Message {
  const place = publicPlace(options);
  const { method, target, headers } = headFromIncoming(request);
  return atPlace({ method, target, headers, body: receivedBody(headers, body) }, place);
}

/**
 * The message of a Fetch API `Request`, as far as that still knows it: the URL has been normalized (`/a/../b`, the host's
 * case, a default port), header names are in lower case and repeated headers are joined. A sender who signed another
 * spelling is refused. Where the runtime offers Node's request, `messageFromIncoming` has none of these limits.
 *
 * Reads a copy of the body, so the request can still be read. How long a body may be is for the server to limit before.
 *
 * @throws TypeError when the body was read or decompressed before, or `publicUrl` is not an http(s) URL without query; as
 * the runtime does when the client went away
 */
export async function messageFromRequest(request: FetchRequest, options: ReceiveOptions = noOptions): Promise<Message> {
  const place = publicPlace(options);
  if (request.bodyUsed) throw new TypeError('the body was read before: make the message first');
  const body = await request.clone().arrayBuffer();
  const { method, target, headers } = headFromRequest(request);
  return atPlace({ method, target, headers, body: receivedBody(headers, body) }, place);
}

/**
 * What Node received before the body. Of a request over HTTP/2, `:authority` is its Host; a Host that says something else
 * beside it makes two of them, which `verify` refuses.
 *
 * @throws TypeError when `request` is not Node's
 */
export function headFromIncoming(request: IncomingRequest): MessageHead {
  const { method, rawHeaders } = request;
  // CONNECT over HTTP/2 has no target.
  const target = request.originalUrl ?? request.url ?? '';
  if (method === undefined || !Array.isArray(rawHeaders)) {
    throw new TypeError('the request has no method or rawHeaders: pass the IncomingMessage that the server received');
  }
  const headers: Header[] = [];
  let authority: string | undefined;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    const value = textOfBytes(rawHeaders[at + 1] ?? '');
    if (!name.startsWith(':')) headers.push([name, value]);
    else if (name === ':authority') authority = value;
  }
  if (authority !== undefined && !headerValues(headers, 'host').includes(authority)) {
    headers.unshift(['Host', authority]);
  }
  return { method, target: originForm(textOfBytes(target)), headers };
}

/** What a Fetch API `Request` has before its body, with the limits that `messageFromRequest` names. */
export function headFromRequest({ method, url, headers: lines }: FetchRequest): MessageHead {
  const headers = Array.from(lines, ([name = '', value = '']): Header => [name, textOfBytes(value)]);
  const authority = /^https?:\/\/(?:[^/?#@]*@)?([^/?#]+)/i.exec(url)?.[1];
  if (authority !== undefined && headerValue(headers, 'host') === undefined) headers.unshift(['Host', authority]);
  return { method, target: originForm(url.replace(/#.*$/s, '')), headers };
}

function receivedBody(headers: readonly Header[], body: IncomingBody): Message['body'] {
  const problem = bodyProblem(headers, body);
  if (problem !== undefined) throw new TypeError(problem);
  return messageBody(body);
}
