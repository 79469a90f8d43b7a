import { decodeBase64 } from '../canonical/byte-encoding.ts';
import { decodeText, encodeText } from './bytes.ts';
import { headerValue, message, type Header } from '../message.ts';
import { answeredAt } from './answer-head.ts';
import { inputError } from './input-error.ts';
import type { ReceivedAt } from './found-request.ts';
import { jsonMember } from './json-member.ts';
import type { ReadRequest, RequestNote } from './request-note.ts';
import { shownInput } from './shown-input.ts';

/** One request of a HAR file, with what came back. */
export interface HarEntry extends ReadRequest {
  /** Position in `log.entries`, from 0. */
  readonly index: number;
  readonly url: string;
  /** The response's status; 0 when there was none. */
  readonly status: number;
  readonly startedAt?: string;
  /** By the answer's clock where it tells it, else by the sender's. */
  readonly receivedAt?: ReceivedAt;
}

/** A list's items; none when it is no list. */
function items(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/**
 * Reads the requests of a HAR 1.2 file.
 *
 * @throws CountersignError `input/har` when the file is not one, or an entry is not a request
 * @see http://www.softwareishard.com/blog/har-12-spec/
 */
export function readHar(bytes: Uint8Array): readonly HarEntry[] {
  let file: unknown;
  try {
    file = JSON.parse(decodeText(bytes).replace(/^\uFEFF/, ''));
  } catch (error) {
    throw inputError('input/har', `the HAR file is not JSON: ${(error as Error).message}`);
  }
  const entries = jsonMember(jsonMember(file, 'log'), 'entries');
  if (!Array.isArray(entries)) throw inputError('input/har', 'the file is JSON, but not a HAR: it has no log.entries');
  return entries.map(readEntry);
}

function readEntry(entry: unknown, index: number): HarEntry {
  const request = jsonMember(entry, 'request');
  const [url, method] = [jsonMember(request, 'url'), jsonMember(request, 'method')];
  if (typeof url !== 'string' || typeof method !== 'string') {
    throw inputError('input/har', `log.entries[${index}] has no request with a method and a URL`);
  }
  const { headers, authority } = readHeaders(items(jsonMember(request, 'headers')));
  const { body, notes } = readBody(jsonMember(request, 'postData'));
  const status = jsonMember(jsonMember(entry, 'response'), 'status');
  const startedAt = jsonMember(entry, 'startedDateTime');
  const answer = readHeaders(items(jsonMember(jsonMember(entry, 'response'), 'headers')));
  try {
    // HTTP/2 carries the host in a pseudo-header; what is signed as Host is the same text.
    const known: Header[] =
      authority !== undefined && headerValue(headers, 'host') === undefined ? [['Host', authority]] : [];
    return {
      index,
      url,
      status: typeof status === 'number' ? status : 0,
      ...(typeof startedAt === 'string' && { startedAt, ...startedBy(startedAt) }),
      ...answeredAt(answer.headers),
      message: message({ method, url, headers: [...known, ...headers], body }),
      notes,
    };
  } catch {
    throw inputError('input/har', `log.entries[${index}]: "${shownInput(url)}" is not an http or https URL`);
  }
}

function readHeaders(list: readonly unknown[]): { headers: Header[]; authority: string | undefined } {
  const headers: Header[] = [];
  let authority: string | undefined;
  for (const header of list) {
    const [name, value] = [jsonMember(header, 'name'), jsonMember(header, 'value')];
    if (typeof name !== 'string' || typeof value !== 'string') continue;
    if (name === ':authority') authority = value;
    if (!name.startsWith(':')) headers.push([name, value]);
  }
  return { headers, authority };
}

/** ISO 8601, as the specification wants it. */
function startedBy(text: string): { receivedAt?: ReceivedAt } {
  const time = new Date(text);
  if (!/^\d{4}-\d\d-\d\dT/.test(text) || Number.isNaN(time.getTime())) return {};
  return { receivedAt: { time, by: 'startedDateTime of the HAR' } };
}

function readBody(postData: unknown): { body: Uint8Array; notes: RequestNote[] } {
  const [text, encoding, params] = [
    jsonMember(postData, 'text'),
    jsonMember(postData, 'encoding'),
    items(jsonMember(postData, 'params')),
  ];
  if (typeof text === 'string' && (text !== '' || params.length === 0)) {
    // The specification knows no encoding of requests; several tools write the one of responses.
    return { body: encoding === 'base64' ? decodeBody(text) : encodeText(text), notes: [] };
  }
  if (params.length === 0) return { body: new Uint8Array(0), notes: [] };
  const pairs = params.map((param): [string, string] => [textIn(param, 'name'), textIn(param, 'value')]);
  const form = new URLSearchParams(pairs).toString();
  const summary =
    'the HAR holds the form as parameters and not as it was sent; it is written again as browsers write forms';
  return { body: encodeText(form), notes: [{ id: 'input/har-form', summary }] };
}

function textIn(value: unknown, name: string): string {
  const text = jsonMember(value, name);
  return typeof text === 'string' ? text : '';
}

function decodeBody(text: string): Uint8Array {
  const bytes = decodeBase64(text.replace(/\s/g, ''));
  if (bytes) return bytes;
  throw inputError('input/har', 'a body is marked as base64, and is not');
}
