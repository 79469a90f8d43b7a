import { headerValue } from '../message.ts';
import { withoutEnd } from '../canonical/trimming.ts';
import { answerBehind } from './answer-head.ts';
import { bytesOfText, byteText } from './byte-text.ts';
import { withWholeHeaders } from './broken-lines.ts';
import { editedNote, titleOf, type FoundRequest, type RequestForm } from './found-request.ts';
import { readRawRequest } from './raw-request.ts';

/** A request line with its version, or one that a header or a blank line follows. */
const rawStart =
  /^(?:\r?\n)*[A-Za-z]+ (?:[/*]|https?:\/\/)[^\r\n]*(?:(?<= HTTP\/\d(?:\.\d)?)[ \t]*(?:\r?\n|$)|\r?\n(?=[\w-]+[ \t]*:|\r?\n))/;
/** Behind the request line: white space before the headers, or a blank line before and behind the first. */
const spaced = /^(?:[ \t]+\S|\r?\n[\w-]+[ \t]*:[^\n]*\n\r?\n)/;

/** Raw requests, with everything that belongs to them: nothing is taken off before a head. */
export const rawForm: RequestForm = {
  id: 'raw',
  recognizes(text) {
    const start = rawStart.exec(text);
    return start !== null && !spaced.test(text.slice(start[0].length));
  },
  read(text) {
    const requests = splitRequests(text);
    return requests.map((one, index) => readOne(one, requests.length > 1 ? index : undefined));
  },
};

function readOne(text: string, index: number | undefined): FoundRequest {
  const edits: string[] = [];
  const whole = withBlankLine(withWholeLines(withPlainSpaces(withBareRequestLine(text), edits), edits), edits);
  const read = readRawRequest(bytesOfText(whole));
  const { message, notes } = read;
  // Where the body ends is for whoever judges it; when the answer came is told by its head.
  const answer = message.body instanceof Uint8Array ? answerBehind(byteText(message.body)) : undefined;
  const url = `${headerValue(message.headers, 'host') ?? ''}${message.target}`;
  return {
    ...read,
    form: 'raw',
    title: titleOf(message, answer?.status),
    notes: edits.length === 0 ? notes : [editedNote(edits.join('; ')), ...notes],
    ...(index !== undefined && { entry: { index, url, ...(answer && { status: answer.status }) } }),
    ...(answer?.receivedAt && { receivedAt: answer.receivedAt }),
  };
}

const headStart = /(?<=\n\r?\n)[A-Z]{3,7} (?:\/|https?:\/\/)\S* HTTP\/\d(?:\.\d)?[ \t]*\r?\n(?=[\w-]+[ \t]*:)/g;

/** The requests of a text that holds one after the other. One that stands in the body of another is part of it. */
function splitRequests(text: string): string[] {
  const starts = [0];
  let end = endOfBody(text, 0);
  for (const { index } of text.matchAll(headStart)) {
    if (index < end) continue;
    starts.push(index);
    end = endOfBody(text, index);
  }
  return starts.map((start, at) => text.slice(start, starts[at + 1]));
}

/** Where a body ends by the length in its head, or its head where none is. */
function endOfBody(text: string, from: number): number {
  const blank = /\n\r?\n/g;
  blank.lastIndex = startOf(text, from);
  const end = blank.exec(text) ? blank.lastIndex : text.length;
  const length = /^content-length:[ \t]*(\d{1,15})[ \t]*\r?$/im.exec(text.slice(from, end))?.[1];
  return end + Number(length ?? 0);
}

/** Where the first line stands that is not blank. */
function startOf(text: string, from: number): number {
  const blanks = /\s*/y;
  blanks.lastIndex = from;
  blanks.test(text);
  return blanks.lastIndex;
}

/** A web page's no-break spaces in the head, where HTTP has plain ones. */
function withPlainSpaces(text: string, edits: string[]): string {
  const end = /\n[ \t]*\r?\n/g;
  end.lastIndex = startOf(text, 0);
  const headEnd = end.exec(text)?.index ?? text.length;
  const head = text.slice(0, headEnd);
  const plain = head.replaceAll('\u00c2\u00a0', ' ');
  if (plain === head) return text;
  edits.push('its head holds no-break spaces, which are read as plain ones');
  return plain + text.slice(headEnd);
}

/** Each header on one line. */
function withWholeLines(text: string, edits: string[]): string {
  const whole = withWholeHeaders(text);
  if (whole === undefined) return text;
  edits.push('its headers are broken over several lines, which are put together');
  return whole;
}

/** Without the white space behind the request line, which terminals add. Behind a header it does not count. */
function withBareRequestLine(text: string): string {
  const start = /^(?:\r?\n)*/.exec(text)?.[0].length ?? 0;
  const end = text.indexOf('\n', start);
  if (end < 0) return text;
  const line = text.slice(start, end);
  return text.slice(0, start) + withoutEnd(line, ' \t\r') + (line.endsWith('\r') ? '\r' : '') + text.slice(end);
}

/** The blank line behind the head, where copying lost it: before a body, or at the end. */
function withBlankLine(text: string, edits: string[]): string {
  let at = /^(?:\r?\n)*/.exec(text)?.[0].length ?? 0;
  for (let line = 0; at < text.length; line++) {
    const end = text.indexOf('\n', at);
    const next = end < 0 ? text.length : end + 1;
    const content = text.slice(at, next).replace(/\r?\n$/, '');
    if (content === '') return text;
    if (line > 0 && /^[ \t]*$/.test(content)) {
      edits.push('the blank line after the headers holds white space, which is left out');
      return `${text.slice(0, at)}\n${text.slice(next)}`;
    }
    if (line > 0 && /^[{[<]/.test(content)) {
      edits.push('there is no blank line between the headers and the body; one is put there');
      return `${text.slice(0, at)}\n${text.slice(at)}`;
    }
    at = next;
  }
  const end = text.endsWith('\n') ? '\n' : '\n\n';
  edits.push('there is no blank line after the headers; one is put there');
  return text + end;
}
