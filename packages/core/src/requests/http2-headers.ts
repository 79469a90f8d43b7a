import { headerValue, type Header } from '../message.ts';
import { inputError } from './input-error.ts';
import { bareLine, bytesOfText } from './byte-text.ts';
import { editedNote, titleOf, type RequestForm } from './found-request.ts';
import { noBodyNotes } from './no-body.ts';
import { readRawRequest } from './raw-request.ts';

/** What tools write before a header: curl's `* [HTTP/2] [1] [`, older `* h2h3 [`, Wireshark's `Header: `. */
const before = /^(?:\* (?:\[HTTP\/[23]\] \[\d+\]|h[23](?:h3)?) \[|Header: )/;
/** The first of them, with its indentation: nghttp's lists stand behind other lines. */
const pseudoLine =
  /^([ \t]*)(?:\* (?:\[HTTP\/[23]\] \[\d+\]|h[23](?:h3)?) \[|Header: )?:(?:method|path|authority|scheme)(?:[:\]\s]|$)/m;

const notListed = 'put it after the headers and a blank line (developer tools have it under Payload, view source)';

/**
 * The headers of HTTP/2 or HTTP/3 as tools show them: `:method: POST`, or the name and the value on two lines as a browser's
 * developer tools give them to the clipboard.
 */
export const http2Headers: RequestForm = {
  id: 'http2-headers',
  recognizes: (text) => pseudoLine.test(text),
  read(text) {
    const first = pseudoLine.exec(text);
    const indent = first?.[1] ?? '';
    const lines = text.slice(first?.index).split('\n');
    const end = lines.findIndex((line) => bareLine(line) === '' || !line.startsWith(indent));
    const head = lines.slice(0, end < 0 ? lines.length : end).map(bareLine);
    const rest = end < 0 || bareLine(lines[end] ?? '') !== '' ? [] : lines.slice(end + 1);
    const body = rest.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join('\n');
    const headers = onTwoLines(head) ? pairsOfLines(head) : pairsInLines(head);
    const { message, notes } = readRawRequest(bytesOfText(asHttp1(headers) + body));
    const edit = editedNote('it is a list of the headers of HTTP/2, and is read as HTTP/1.1, with :authority as Host');
    return [
      {
        form: 'http2-headers',
        title: titleOf(message),
        message,
        shownBody: true,
        notes: [edit, ...noBodyNotes(message, notes, notListed)],
      },
    ];
  },
};

function onTwoLines(lines: readonly string[]): boolean {
  return lines.some((line) => /^:(?:method|path|authority|scheme):?$/.test(line));
}

function pairsOfLines(lines: readonly string[]): Header[] {
  const headers: Header[] = [];
  for (let at = 0; at + 1 < lines.length; at += 2) {
    headers.push([(lines[at] ?? '').replace(/(?<=.):$/, ''), lines[at + 1] ?? '']);
  }
  return headers;
}

function pairsInLines(lines: readonly string[]): Header[] {
  const headers: Header[] = [];
  for (const line of lines) {
    const marked = before.test(line) && line.startsWith('*');
    const bare = line.replace(before, '');
    const text = marked ? bare.replace(/\]$/, '') : bare;
    const colon = text.indexOf(':', 1);
    // Other tools' remarks stand between the headers.
    if (colon > 0 && /^:?[\w!#$%&'*+.^`|~-]+$/.test(text.slice(0, colon))) {
      headers.push([text.slice(0, colon), bareLine(text.slice(colon + 1))]);
    }
  }
  return headers;
}

/** The head as HTTP/1.1 writes it, RFC 9113 §8.3.1. */
function asHttp1(headers: readonly Header[]): string {
  const path = headerValue(headers, ':path');
  if (path === undefined) {
    throw inputError(
      'input/pseudo-header',
      'the text lists headers of HTTP/2, but no :path among them; bring the whole list, from :method to the last header',
    );
  }
  const method = headerValue(headers, ':method') ?? 'GET';
  const authority = headerValue(headers, ':authority');
  const host: Header[] =
    authority !== undefined && headerValue(headers, 'host') === undefined ? [['Host', authority]] : [];
  const lines = [...host, ...headers.filter(([name]) => !name.startsWith(':'))].map(
    ([name, value]) => `${name}: ${value}`,
  );
  return [`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\n');
}
