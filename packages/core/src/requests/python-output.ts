import { headerValue } from '../message.ts';
import { answeredAt } from './answer-head.ts';
import { inputError } from './input-error.ts';
import { bytesOfText } from './byte-text.ts';
import { titleOf, type FoundRequest, type RequestForm } from './found-request.ts';
import { readRawRequest } from './raw-request.ts';

const sentLine = /^send: (b'.*'|b".*")[ \t\r]*$/;
const headLine = /^send: b['"][A-Z]{3,9} \S+ HTTP\/\d/m;

/**
 * What Python's `http.client` prints with `debuglevel = 1`, below `requests` and `urllib`, too: `send: b'POST /a HTTP/1.1\r\n…'`,
 * the body in further lines of that kind, then `reply:` and `header:`.
 *
 * @see https://docs.python.org/3/library/http.client.html#http.client.HTTPConnection.set_debuglevel
 */
export const pythonOutput: RequestForm = {
  id: 'python-output',
  recognizes: (text) => headLine.test(text),
  read(text) {
    const exchanges = splitOutput(text);
    return exchanges.map((exchange, index) => foundIn(exchange, exchanges.length > 1 ? index : undefined));
  },
};

interface Exchange {
  readonly sent: string[];
  readonly answer: string[];
  status?: number;
}

function splitOutput(text: string): readonly Exchange[] {
  const exchanges: Exchange[] = [];
  for (const line of text.split('\n')) {
    const literal = sentLine.exec(line)?.[1];
    const current = exchanges.at(-1);
    if (literal !== undefined) {
      const bytes = bytesOfLiteral(literal);
      if (/^[A-Z]{3,9} \S+ HTTP\/\d/.test(bytes)) exchanges.push({ sent: [bytes], answer: [] });
      else current?.sent.push(bytes);
    } else if (line.startsWith('send: ') && current) {
      throw inputError('input/not-text', 'a line "send: …" of Python is cut off, or no bytes literal; bring it whole');
    } else if (current) {
      const status = /^reply: '?HTTP\/[\d.]+ (\d{3})/.exec(line)?.[1];
      if (status !== undefined) current.status = Number(status);
      if (line.startsWith('header: ')) current.answer.push(line.slice('header: '.length).trim());
    }
  }
  return exchanges;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '\\': '\\', "'": "'", '"': '"' };

/** The bytes of a literal as Python writes it: `b'…'` with `\r`, `\xc3`, `\'`. */
function bytesOfLiteral(literal: string): string {
  return literal
    .slice(2, -1)
    .replace(/\\(?:x([0-9a-f]{2})|([nrt\\'"]))/g, (_, hex: string | undefined, one: string) =>
      hex === undefined ? (escapes[one] ?? one) : String.fromCharCode(Number.parseInt(hex, 16)),
    );
}

function foundIn({ sent, answer, status }: Exchange, index: number | undefined): FoundRequest {
  const read = readRawRequest(bytesOfText(sent.join('')));
  const { message } = read;
  const url = `${headerValue(message.headers, 'host') ?? ''}${message.target}`;
  return {
    ...read,
    form: 'python-output',
    title: titleOf(message, status),
    exactBody: true,
    ...(index !== undefined && { entry: { index, url, ...(status !== undefined && { status }) } }),
    ...answeredAt(
      answer.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, Math.max(colon, 0)), line.slice(colon + 1).trim()];
      }),
    ),
  };
}
