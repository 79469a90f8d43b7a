import { decodeBase64 } from '../canonical/byte-encoding.ts';
import { decodeText, encodeText } from './bytes.ts';
import { headerValue, message, type Header } from '../message.ts';
import { badInput } from './bad-input.ts';
import type { ReadRequest, RequestNote } from './request-note.ts';

/** One request of a HAR file, with what came back. */
export interface HarEntry extends ReadRequest {
  /** Position in `log.entries`, from 0. */
  readonly index: number;
  readonly url: string;
  /** The response's status; 0 when there was none. */
  readonly status: number;
  readonly startedAt?: string;
}

interface HarRequest {
  readonly method?: unknown;
  readonly url?: unknown;
  readonly headers?: readonly { readonly name?: unknown; readonly value?: unknown }[];
  readonly postData?: {
    readonly mimeType?: string;
    readonly text?: string;
    readonly encoding?: string;
    readonly params?: readonly { readonly name: string; readonly value?: string }[];
  };
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
    throw badInput('input/har', `the HAR file is not JSON: ${(error as Error).message}`);
  }
  const entries = (file as { log?: { entries?: unknown } } | null)?.log?.entries;
  if (!Array.isArray(entries)) throw badInput('input/har', 'the file is JSON, but not a HAR: it has no log.entries');
  return entries.map((entry, index) => readEntry(entry as Record<string, unknown>, index));
}

function readEntry(entry: Record<string, unknown>, index: number): HarEntry {
  const request = entry['request'] as HarRequest | undefined;
  const url = request?.url;
  if (typeof url !== 'string' || typeof request?.method !== 'string') {
    throw badInput('input/har', `log.entries[${index}] has no request with a method and a URL`);
  }
  const { headers, authority } = readHeaders(request.headers ?? []);
  const { body, notes } = readBody(request);
  const status = (entry['response'] as { status?: unknown } | undefined)?.status;
  const startedAt = entry['startedDateTime'];
  try {
    // HTTP/2 carries the host in a pseudo-header; what is signed as Host is the same text.
    const known: Header[] =
      authority !== undefined && headerValue(headers, 'host') === undefined ? [['Host', authority]] : [];
    return {
      index,
      url,
      status: typeof status === 'number' ? status : 0,
      ...(typeof startedAt === 'string' && { startedAt }),
      message: message({ method: request.method, url, headers: [...known, ...headers], body }),
      notes,
    };
  } catch {
    throw badInput('input/har', `log.entries[${index}]: "${url.slice(0, 80)}" is not an http or https URL`);
  }
}

function readHeaders(list: NonNullable<HarRequest['headers']>): { headers: Header[]; authority: string | undefined } {
  const headers: Header[] = [];
  let authority: string | undefined;
  for (const { name, value } of list) {
    if (typeof name !== 'string' || typeof value !== 'string') continue;
    if (name === ':authority') authority = value;
    if (!name.startsWith(':')) headers.push([name, value]);
  }
  return { headers, authority };
}

function readBody({ postData }: HarRequest): { body: Uint8Array; notes: RequestNote[] } {
  if (!postData) return { body: new Uint8Array(0), notes: [] };
  const { text, encoding, params } = postData;
  if (typeof text === 'string' && (text !== '' || !params?.length)) {
    // The specification knows no encoding of requests; several tools write the one of responses.
    return { body: encoding === 'base64' ? decodeBody(text) : encodeText(text), notes: [] };
  }
  if (!params?.length) return { body: new Uint8Array(0), notes: [] };
  const form = new URLSearchParams(params.map(({ name, value = '' }): [string, string] => [name, value])).toString();
  const summary =
    'the HAR holds the form as parameters and not as it was sent; it is written again as browsers write forms';
  return { body: encodeText(form), notes: [{ id: 'input/har-form', summary }] };
}

function decodeBody(text: string): Uint8Array {
  const bytes = decodeBase64(text.replace(/\s/g, ''));
  if (bytes) return bytes;
  throw badInput('input/har', 'a body is marked as base64, and is not');
}
