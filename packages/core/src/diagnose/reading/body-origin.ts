import { headerValues, isContentDigest, type Message } from '../../message.ts';
import type { DiagnoseOptions } from '../diagnosis.ts';
import { jsonExtent } from '../text/json-extent.ts';

/**
 * What is known of the bytes in hand.
 *
 * - `sent`: they are what was sent. `Content-Length` counts them, or they come from no file.
 * - `edited`: they are not, because `Content-Length` says another number: an editor, a terminal or a paste changed them.
 * - `unsure`: nothing says. A request of HTTP/1.1 that has a body says its length, so a head without it is no copy of the
 *   wire; but the file may still hold the very bytes.
 * - `restored`: they were written back from an edited file to the length that was sent, and to nothing better.
 */
export interface BodyOrigin {
  readonly state: 'sent' | 'edited' | 'unsure' | 'restored';
  /** How many bytes were sent, where the request says so. */
  readonly length: number | undefined;
  /** A tool showed it, so that its layout says nothing. */
  readonly shown?: boolean;
  /** The body of the file, where the bytes in hand were restored from it. */
  readonly file?: Uint8Array;
}

/** The bytes in hand are what was sent, and how many there are does not matter. */
const asSent: BodyOrigin = { state: 'sent', length: undefined };

/** What a message says of its own body. */
export function bodyOrigin(
  { headers, body }: Message,
  { exactBody, shownBody: shown = false }: DiagnoseOptions,
): BodyOrigin {
  if (exactBody || isContentDigest(body) || headerValues(headers, 'transfer-encoding').length > 0) return asSent;
  const lengths = [...new Set(headerValues(headers, 'content-length'))];
  if (lengths.length > 1) return asSent;
  const [text = ''] = lengths;
  // Postman's "<calculated when request is sent>" says as much as no header.
  if (!/^\d{1,15}$/.test(text))
    return body.length === 0 && !announcesBody(headers) ? asSent : { state: 'unsure', length: undefined, shown };
  const length = Number(text);
  return { state: length === body.length ? 'sent' : 'edited', length };
}

/** Clients say what type a body has and hardly ever of what none has; where they do, they say that its length is 0. */
export function announcesBody(headers: Message['headers']): boolean {
  return headerValues(headers, 'content-type').some((type) => type !== '');
}

/** Whether the body that was sent is not in hand, so that nothing follows from a hash that is not of these bytes. */
export function isLost({ state, shown }: BodyOrigin, bodyText: string | undefined): boolean {
  if (state === 'unsure') return bodyText !== undefined && (shown === true || bodyText === '' || isCut(bodyText));
  return state !== 'sent';
}

/** Whether a text shows by itself that its end is missing. */
export function isCut(text: string): boolean {
  return /(?:…|\.\.\.)$/.test(text.slice(-80).trimEnd()) || jsonExtent(text) === 'unfinished';
}
