import { withoutEnd } from '../canonical/trimming.ts';
import { answerBehind } from './answer-head.ts';
import { bytesOfText, byteText } from './byte-text.ts';
import { editedNote, titleOf, type RequestForm } from './found-request.ts';
import { readRawRequest } from './raw-request.ts';

/** A request line with its version, or one that a header or a blank line follows. */
const rawStart =
  /^(?:\r?\n)*[A-Za-z]+ (?:[/*]|https?:\/\/)[^\r\n]*(?:(?<= HTTP\/\d(?:\.\d)?)[ \t]*(?:\r?\n|$)|\r?\n(?=[\w-]+[ \t]*:|\r?\n))/;
/** Behind the request line: white space before the headers, or a blank line before and behind the first. */
const spaced = /^(?:[ \t]+\S|\r?\n[\w-]+[ \t]*:[^\n]*\n\r?\n)/;

/** A raw request, with everything that belongs to it: nothing is taken off before its head. */
export const rawForm: RequestForm = {
  id: 'raw',
  recognizes(text) {
    const start = rawStart.exec(text);
    return start !== null && !spaced.test(text.slice(start[0].length));
  },
  read(text) {
    const { text: whole, edit } = withBlankLine(withBareRequestLine(text));
    const read = readRawRequest(bytesOfText(whole));
    const { message, notes } = read;
    // Where the body ends is for whoever judges it; when the answer came is told by its head.
    const answer = message.body instanceof Uint8Array ? answerBehind(byteText(message.body)) : undefined;
    return [
      {
        ...read,
        form: 'raw',
        title: titleOf(message, answer?.status),
        notes: edit === undefined ? notes : [editedNote(edit), ...notes],
        ...(answer?.receivedAt && { receivedAt: answer.receivedAt }),
      },
    ];
  },
};

/** Without the white space behind the request line, which terminals add. Behind a header it does not count. */
function withBareRequestLine(text: string): string {
  const start = /^(?:\r?\n)*/.exec(text)?.[0].length ?? 0;
  const end = text.indexOf('\n', start);
  if (end < 0) return text;
  const line = text.slice(start, end);
  return text.slice(0, start) + withoutEnd(line, ' \t\r') + (line.endsWith('\r') ? '\r' : '') + text.slice(end);
}

/** The blank line behind the head, where copying lost it: before a body, or at the end. */
function withBlankLine(text: string): { text: string; edit?: string } {
  let at = /^(?:\r?\n)*/.exec(text)?.[0].length ?? 0;
  for (let line = 0; at < text.length; line++) {
    const end = text.indexOf('\n', at);
    const next = end < 0 ? text.length : end + 1;
    const content = text.slice(at, next).replace(/\r?\n$/, '');
    if (content === '') return { text };
    if (line > 0 && /^[ \t]*$/.test(content)) {
      const edit = 'the blank line behind the headers holds white space, which is left out';
      return { text: `${text.slice(0, at)}\n${text.slice(next)}`, edit };
    }
    if (line > 0 && /^[{[<]/.test(content)) {
      const edit = 'there is no blank line between the headers and the body; one is put there';
      return { text: `${text.slice(0, at)}\n${text.slice(at)}`, edit };
    }
    at = next;
  }
  const end = text.endsWith('\n') ? '\n' : '\n\n';
  return { text: text + end, edit: 'there is no blank line behind the headers; one is put there' };
}
