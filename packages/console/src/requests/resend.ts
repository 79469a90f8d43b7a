import { signedFetch } from '@countersign/core/fetch';
import type { BytesView } from '@countersign/server/control/views/bytes-view';
import type { ExchangeView } from '@countersign/server/control/views/exchange-view';
import type { Signer } from '../development/development-credential.ts';

/** What came of sending a request again. */
export interface Resent {
  readonly status: number;
  /** The id of the new exchange. */
  readonly exchange: string | undefined;
  /** What had to be sent otherwise than it was. */
  readonly notes: readonly string[];
}

/** Headers that the browser sets itself, or that belong to the connection. */
const notOurs =
  /^(?:host|connection|content-length|transfer-encoding|accept-encoding|accept-charset|keep-alive|te|trailer|upgrade|expect|via|date|dnt|cookie|origin|referer|user-agent|access-control-.*|sec-.*|proxy-.*)$/i;

/**
 * Sends a request to the server once more, signed as it should have been: the same method, target, headers and body.
 *
 * @throws Error when it cannot be sent from a browser, with a sentence that says why
 */
export async function resendCorrected(exchange: ExchangeView, { scheme, credential }: Signer): Promise<Resent> {
  const { request, method, target } = exchange;
  if (request.bodyCut) throw new Error('Its body was longer than the server keeps, so it cannot be sent again.');
  if (exchange.redacted)
    throw new Error('A key stood in it, which the server does not keep, so it cannot be sent again.');
  const url = new URL(location.origin + target);
  const sentTarget = url.pathname + url.search;
  const body = bytesOf(request.body);
  const signature = new Set(
    [scheme.authorization.header, scheme.contentHash?.header, ...(scheme.date?.headers ?? [])].map((name) =>
      name?.toLowerCase(),
    ),
  );
  const kept = request.headers.filter(([name]) => !notOurs.test(name) && !signature.has(name.toLowerCase()));
  const send = signedFetch(scheme, credential);
  const response = await send(url, {
    method,
    headers: kept.map(([name, value]): [string, string] => [name, value]),
    cache: 'no-store',
    redirect: 'manual',
    ...(body.length > 0 && { body }),
  });
  await response.arrayBuffer();
  return {
    status: response.status,
    exchange: response.headers.get('x-countersign-exchange') ?? undefined,
    notes: sentTarget === target ? [] : [`The browser writes the target as ${sentTarget}; that was signed and sent.`],
  };
}

function bytesOf(view: BytesView): Uint8Array<ArrayBuffer> {
  if ('text' in view) return new TextEncoder().encode(view.text);
  return Uint8Array.from(atob(view.base64), (character) => character.charCodeAt(0));
}
