import { headerValue, message, type Header } from '../message.ts';
import { answeredAt } from './answer-head.ts';
import { inputError } from './input-error.ts';
import { decodedByteText } from './byte-text.ts';
import { encodeText } from './bytes.ts';
import { titleOf, type FoundRequest, type RequestForm } from './found-request.ts';
import { jsonMember } from './json-member.ts';
import type { RequestNote } from './request-note.ts';

const heading = /^([A-Z]+) (https?:\/\/(?:[^\s/?#@]{0,500}@)?[^\s/?#@][^\s/?#]*\S*): (?=\{)/gm;

/**
 * What Postman's console gives to the clipboard: `POST https://…: {"Network": …, "Request Headers": …}`. (Its raw log is a
 * raw request with the answer after it.)
 */
export const postmanConsole: RequestForm = {
  id: 'postman-console',
  recognizes: (text) => text.includes('"Request Headers":') && text.search(heading) >= 0,
  read(text) {
    const starts = [...text.matchAll(heading)];
    return starts.map((start, index) => {
      const from = start.index + start[0].length;
      const record = readRecord(text.slice(from, starts[index + 1]?.index), start[0]);
      return readLogged(record, start[1] ?? '', decodedByteText(start[2] ?? ''), starts.length > 1 ? index : undefined);
    });
  },
};

/** The JSON at the beginning: up to a line that closes it, or else its first line. */
function readRecord(text: string, title: string): unknown {
  const close = /^\}/m.exec(text);
  for (const end of [close && close.index + 1, text.search(/\r?\n|$/)]) {
    if (end === null) continue;
    try {
      return JSON.parse(decodedByteText(text.slice(0, end)));
    } catch {
      // The other ending, then.
    }
  }
  throw inputError(
    'input/json',
    `what Postman's console logged for "${decodedByteText(title).trim()}" is cut off; copy it whole`,
  );
}

function readLogged(record: unknown, method: string, url: string, index: number | undefined): FoundRequest {
  const headers = readHeaders(jsonMember(record, 'Request Headers'));
  const isForm = !/[/+]json\b/i.test(headerValue(headers, 'content-type') ?? '');
  const { body, notes } = readBody(jsonMember(record, 'Request Body'), isForm);
  const read = {
    message: message({ method, url, headers, body }),
    notes,
  };
  return {
    ...read,
    form: 'postman-console',
    title: titleOf(read.message),
    ...(index !== undefined && { entry: { index, url } }),
    ...answeredAt(readHeaders(jsonMember(record, 'Response Headers'))),
  };
}

function readHeaders(value: unknown): Header[] {
  return Object.entries(value ?? {}).flatMap(([name, text]) =>
    (Array.isArray(text) ? text : [text]).map((one): Header => [name, String(one)]),
  );
}

function readBody(value: unknown, isForm: boolean): { body: Uint8Array; notes: RequestNote[] } {
  if (typeof value === 'string') return { body: encodeText(value), notes: [] };
  if (typeof value !== 'object' || value === null) return { body: new Uint8Array(0), notes: [] };
  // Its layout is the console's own; what was typed is told by its length.
  if (!isForm) return { body: encodeText(JSON.stringify(value)), notes: [] };
  const pairs = Object.entries(value).map(([name, text]): [string, string] => [name, String(text)]);
  const summary =
    'the console shows the form as parameters and not as it was sent; it is written again as browsers write forms';
  return { body: encodeText(new URLSearchParams(pairs).toString()), notes: [{ id: 'input/har-form', summary }] };
}
