import { headerValue, headerValues, splitUrl, type Header, type Message } from '../message.ts';
import { inputError } from './input-error.ts';
import { bareValue, headerNamePattern } from './header-name.ts';
import type { ReadRequest, RequestNote } from './request-note.ts';
import { shownInput } from './shown-input.ts';

const lineFeed = 10;
const carriageReturn = 13;

/**
 * Reads a raw HTTP/1.1 request: a head whose lines end in LF or CRLF, a blank line, then the body to the end of the
 * bytes, every one of them.
 *
 * @throws CountersignError `input/…`, naming the line, when the bytes are no such request
 * @see https://www.rfc-editor.org/rfc/rfc9112
 */
export function readRawRequest(bytes: Uint8Array): ReadRequest {
  const notes: RequestNote[] = [];
  const { lines, body } = splitHead(withoutByteOrderMark(bytes, notes), notes);
  const [first, ...rest] = lines;
  if (!first) throw inputError('input/empty', 'the request is empty');
  const { method, target } = readRequestLine(first, notes);
  const headers = rest.map(readHeader);
  if (headerValues(headers, 'transfer-encoding').some((value) => value.toLowerCase() !== 'identity')) {
    throw inputError(
      'input/transfer-encoding',
      `the request is sent with "Transfer-Encoding: ${headerValue(headers, 'transfer-encoding')}"; give the body as it is before that: decode the chunks and leave the header out`,
    );
  }
  compareLength(headers, body, notes);
  return { message: originForm({ method, target, headers, body }, first, notes), notes };
}

interface Line {
  readonly number: number;
  readonly text: string;
}

/** The lines of the head, without their ends, and everything behind the blank line. */
function splitHead(bytes: Uint8Array, notes: RequestNote[]): { lines: Line[]; body: Uint8Array } {
  if (bytes.length === 0) throw inputError('input/empty', 'the request is empty: there are no bytes');
  const lines: Line[] = [];
  let at = 0;
  for (let number = 1; ; number++) {
    const end = bytes.indexOf(lineFeed, at);
    if (end < 0) throw noBlankLine(lines, bytes.subarray(at), number);
    const line = bytes.subarray(at, bytes[end - 1] === carriageReturn && end > at ? end - 1 : end);
    at = end + 1;
    if (line.length > 0) {
      lines.push({ number, text: decodeLine(line, number) });
    } else if (lines.length > 0) {
      return { lines, body: bytes.subarray(at) };
    } else if (number === 1) {
      notes.push({ id: 'input/leading-blank-line', summary: 'blank lines before the request line are skipped' });
    }
  }
}

function noBlankLine(lines: readonly Line[], rest: Uint8Array, number: number): Error {
  const last = rest.length > 0 ? { number, text: decodeLine(rest, number) } : lines.at(-1);
  if (!last) return inputError('input/empty', 'the request is empty: there are only blank lines');
  // A file of one garbled line is better told what a request line is.
  if (last.number === 1) readRequestLine(last, []);
  return inputError(
    'input/no-blank-line',
    `the head ends at line ${last.number} without a blank line; expected one after the headers, before the body`,
  );
}

function decodeLine(line: Uint8Array, number: number): string {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(line);
  } catch {
    throw inputError('input/not-text', `line ${number} of the head is not UTF-8 text; is this an HTTP request?`);
  }
  // eslint-disable-next-line no-control-regex
  const control = /[\0-\x08\x0a-\x1f\x7f]/.exec(text);
  if (!control) return text;
  const code = control[0].charCodeAt(0).toString(16).padStart(2, '0');
  throw inputError(
    'input/not-text',
    `line ${number} of the head holds the control byte 0x${code} at column ${control.index + 1}; is this an HTTP request?`,
  );
}

const versionWord = /^HTTP\/\d(?:\.\d)?$/;
const requestLine = 'expected "METHOD /target HTTP/1.1"';

function readRequestLine({ number, text }: Line, notes: RequestNote[]): { method: string; target: string } {
  if (/^HTTP\/\d/.test(text)) {
    throw inputError('input/response', `line ${number} begins a response ("${shownInput(text)}"); a request is wanted`);
  }
  const words = text.split(' ');
  const hasVersion = words.length > 1 && versionWord.test(words.at(-1) ?? '');
  const [method = '', ...target] = hasVersion ? words.slice(0, -1) : words;
  if (!headerNamePattern.test(method) || target.length === 0) {
    throw inputError('input/request-line', `line ${number} is "${shownInput(text)}"; ${requestLine}`);
  }
  if (target.length > 1 || target[0] === '') {
    const problem = hasVersion
      ? 'the target holds a space, which must be sent as %20'
      : 'it does not end in an HTTP version';
    throw inputError('input/request-line', `line ${number} is "${shownInput(text)}": ${problem}; ${requestLine}`);
  }
  if (!hasVersion) {
    notes.push({ id: 'input/no-version', summary: `line ${number} names no HTTP version; it is read as HTTP/1.1` });
  }
  return { method, target: target[0] ?? '' };
}

function readHeader({ number, text }: Line): Header {
  if (/^[ \t]/.test(text)) {
    throw inputError(
      'input/folded-header',
      `line ${number} begins with white space: a header folded over several lines is obsolete; write it on one line`,
    );
  }
  if (text.startsWith(':')) {
    throw inputError(
      'input/pseudo-header',
      `line ${number} is a pseudo-header of HTTP/2 ("${shownInput(text)}"); write the request as HTTP/1.1, with Host for :authority`,
    );
  }
  const colon = text.indexOf(':');
  const name = text.slice(0, colon);
  if (colon > 0 && headerNamePattern.test(name)) return [name, bareValue(text.slice(colon + 1))];
  if (headerNamePattern.test(name.trimEnd()) && colon > 0) {
    throw inputError(
      'input/header',
      `line ${number} has white space between the name "${name.trimEnd()}" and its colon`,
    );
  }
  const hint = /^\s*[{[<]/.test(text) ? '; if the body begins here, a blank line must stand before it' : '';
  throw inputError('input/header', `line ${number} is "${shownInput(text)}"; expected "Name: value"${hint}`);
}

/** The bytes win; a length that says otherwise is worth knowing. */
function compareLength(headers: readonly Header[], body: Uint8Array, notes: RequestNote[]): void {
  for (const text of headerValues(headers, 'content-length')) {
    if (/^\d+$/.test(text) && Number(text) === body.length) continue;
    const newline = body.at(-1) === lineFeed ? (body.at(-2) === carriageReturn ? 2 : 1) : 0;
    const grown = newline > 0 && Number(text) === body.length - newline;
    notes.push({
      id: 'input/content-length',
      summary: `Content-Length says ${text}, the body has ${body.length} bytes; the bytes count${grown ? ' (the body ends in a newline: did an editor add it?)' : ''}`,
    });
  }
}

/** Reduces an absolute-form target, as a proxy is sent, to origin form. */
function originForm(message: Message, { number }: Line, notes: RequestNote[]): Message {
  if (message.target.startsWith('/') || (message.target === '*' && message.method === 'OPTIONS')) return message;
  if (!/^https?:\/\/[^/?#]/i.test(message.target)) {
    throw inputError(
      'input/target',
      `line ${number}: the target "${shownInput(message.target)}" begins neither with "/" nor with "http://" or "https://" and a host`,
    );
  }
  const { authority = '', target } = splitUrl(message.target);
  const host = headerValue(message.headers, 'host');
  const remark =
    host === undefined
      ? `; Host is taken from it: ${authority}`
      : host.toLowerCase() === authority.toLowerCase()
        ? ''
        : `; it names the host ${authority}, the Host header ${host}: the header counts`;
  notes.push({ id: 'input/absolute-form', summary: `the absolute target is reduced to ${target}${remark}` });
  const headers: readonly Header[] = host === undefined ? [['Host', authority], ...message.headers] : message.headers;
  return { ...message, target, headers };
}

function withoutByteOrderMark(bytes: Uint8Array, notes: RequestNote[]): Uint8Array {
  const [a, b, c] = bytes;
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) {
    throw inputError(
      'input/utf-16',
      'the file is UTF-16 (as Windows PowerShell writes it); save the bytes as they are sent',
    );
  }
  if (a !== 0xef || b !== 0xbb || c !== 0xbf) return bytes;
  notes.push({ id: 'input/byte-order-mark', summary: 'the byte order mark at the beginning of the file is skipped' });
  return bytes.subarray(3);
}
