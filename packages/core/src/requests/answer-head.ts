import { headerValue, type Header } from '../message.ts';
import type { ReceivedAt } from './found-request.ts';

/** What is worth knowing of an answer: its status, and when it was given. */
export interface AnswerHead {
  readonly status: number;
  readonly receivedAt?: ReceivedAt;
}

const statusLine = /^HTTP\/\d(?:\.\d)? ([1-5]\d\d)(?: |$)/;
const imfDate = /^\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT$/;

/** Reads the lines of an answer's head; `undefined` when they do not begin with a status. */
export function readAnswerHead(lines: readonly string[]): AnswerHead | undefined {
  const status = statusLine.exec(lines[0] ?? '')?.[1];
  if (status === undefined) return undefined;
  const headers = lines.slice(1).map((line): Header => {
    const colon = line.indexOf(':');
    return [line.slice(0, Math.max(colon, 0)), line.slice(colon + 1).trim()];
  });
  return { status: Number(status), ...answeredAt(headers) };
}

/** The clock of whoever judged the request: its answer's `Date` (RFC 9110 §6.6.1). */
export function answeredAt(headers: readonly Header[]): { receivedAt?: ReceivedAt } {
  const text = headerValue(headers, 'date') ?? '';
  if (!imfDate.test(text)) return {};
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? {} : { receivedAt: { time, by: 'the Date header of its answer' } };
}

/** The head of an answer that was pasted behind a request. */
export function answerBehind(body: string): AnswerHead | undefined {
  const start = body.startsWith('HTTP/') ? 0 : body.indexOf('\nHTTP/') + 1;
  if (start === 0 && !body.startsWith('HTTP/')) return undefined;
  const end = /\r?\n\r?\n/g;
  end.lastIndex = start;
  const head = body.slice(start, end.exec(body)?.index ?? body.length);
  return readAnswerHead(head.split(/\r?\n/));
}
