import { readAnswerHead } from './answer-head.ts';
import { bareLine, bytesOfText, byteText, decodedByteText } from './byte-text.ts';
import { curlForm, foundByCurl } from './curl-form.ts';
import { editedNote, titleOf, type FoundRequest, type ReadingContext, type RequestForm } from './found-request.ts';
import { withoutEnds } from '../canonical/trimming.ts';
import { headerValue } from '../message.ts';
import { noBodyNotes } from './no-body.ts';
import { readRawRequest } from './raw-request.ts';

const requestLine = /^> [A-Za-z]+ \S+ HTTP\/\d(?:\.\d)?[ \t\r]*$/;
const sentLine = new RegExp(requestLine.source, 'm');
/** What curl tells of itself: `* …`, `} [151 bytes data]`, and its progress. */
const chatter = /^(?:\*(?: |$)|[{}] \[\d+ bytes data\]|\s+% Total\s|\s+Dload\s)/;
const progress = /^ {0,4}\d[\d .kMG]{0,80}(?:[\d-]{1,9}:[\d-]{2}:[\d-]{2} {1,9}){3}[\d.kMG]{1,9}/;
/** Lines that only curl writes. */
const otherLine = /^[<*] /m;
/** In a quotation the body has its mark, too. */
const quotedBody = /^>[ \t\r]*\n>[ \t]*\S/m;

const notShown = 'curl -v does not show it: put it after the empty ">" line, or bring the curl command itself';

/** What `curl -v` and Insomnia's timeline show: `>` before what was sent, `<` before what came back, `*` before what it tells. */
export const curlOutput: RequestForm = {
  id: 'curl-output',
  recognizes: (text) => sentLine.test(text) && (otherLine.test(text) || !quotedBody.test(text)),
  async read(text, context) {
    const { before, exchanges } = splitTranscript(text);
    const typed = await typedBody(before, context);
    return exchanges.map((exchange, index) => foundIn(exchange, typed, exchanges.length > 1 ? index : undefined));
  },
};

interface Exchange {
  readonly head: string[];
  readonly body: string[];
  readonly answer: string[];
}

/** The request's own lines, its answer's head, and what was typed before. A head of 1xx is no answer yet. */
function splitTranscript(text: string): { before: string; exchanges: readonly Exchange[] } {
  const before: string[] = [];
  const exchanges: Exchange[] = [];
  let now: 'before' | 'head' | 'body' | 'answer' | 'after' = 'before';
  for (const whole of text.split(/\r*\n|\r+/)) {
    const line = whole.replace(progress, '');
    const current = exchanges.at(-1);
    if (requestLine.test(line)) {
      exchanges.push({ head: [bareLine(line.slice(2))], body: [], answer: [] });
      now = 'head';
    } else if (!current) before.push(whole);
    else if (now === 'head') {
      if (/^>?\s*$/.test(line)) now = 'body';
      else if (line.startsWith('> ')) current.head.push(line.slice(2));
    } else if (/^<(?: |$)/.test(line)) {
      if (now === 'after') continue;
      now = 'answer';
      if (line.trim() !== '<') current.answer.push(bareLine(line.slice(2)));
      else if (/^HTTP\/[\d.]+ 1\d\d/.test(current.answer[0] ?? '')) {
        current.answer.length = 0;
        now = 'body';
      } else now = 'after';
    } else if (now === 'body' && !chatter.test(line) && !(line === '' && whole !== '')) {
      // Insomnia marks what it sends.
      current.body.push(line.replace(/^[>|] ?/, ''));
    }
  }
  return { before: before.join('\n'), exchanges };
}

/** The body of the command that was typed before its output, where one was. */
async function typedBody(before: string, { readFile }: ReadingContext): Promise<Uint8Array | undefined> {
  if (!curlForm.recognizes(before)) return undefined;
  try {
    const { message, unresolved } = await foundByCurl(decodedByteText(before), readFile);
    return unresolved || !(message.body instanceof Uint8Array) ? undefined : message.body;
  } catch {
    // The output tells what was sent; what cannot be read of the command is not needed.
    return undefined;
  }
}

function foundIn(exchange: Exchange, typed: Uint8Array | undefined, index: number | undefined): FoundRequest {
  const lines = exchange.body.join('\n');
  const shown = bareLine(lines) === '' ? '' : withoutEnds(lines, '\n');
  const body = shown === '' && typed ? byteText(typed) : shown;
  const { message, notes } = readRawRequest(bytesOfText(`${exchange.head.join('\n')}\n\n${body}`));
  const answer = readAnswerHead(exchange.answer);
  const edit = editedNote('it is what curl -v shows; the marks before its lines and the answer are left out');
  const url = `${headerValue(message.headers, 'host') ?? ''}${message.target}`;
  return {
    form: 'curl-output',
    title: titleOf(message, answer?.status),
    message,
    shownBody: true,
    notes: [edit, ...noBodyNotes(message, notes, notShown)],
    ...(index !== undefined && { entry: { index, url, ...(answer && { status: answer.status }) } }),
    ...(answer?.receivedAt && { receivedAt: answer.receivedAt }),
  };
}
