import { headerValue } from '../message.ts';
import { answeredAt } from './answer-head.ts';
import { bareLine, bytesOfText } from './byte-text.ts';
import { editedNote, titleOf, type FoundRequest, type RequestForm } from './found-request.ts';
import { noBodyNotes } from './no-body.ts';
import { readRawRequest } from './raw-request.ts';

const headStart = /^.*HEADERS: REQUEST HEADERS:[ \t]*\r?\n(?=[ \t]*[A-Z]{3,9} \S+ HTTP\/\d)/gm;

/**
 * What Java's `HttpClient` logs with `-Djdk.httpclient.HttpClient.log=headers,requests`: the heads of requests and answers, and
 * no body.
 *
 * @see https://docs.oracle.com/en/java/javase/21/docs/api/java.net.http/module-summary.html
 */
export const javaOutput: RequestForm = {
  id: 'java-output',
  recognizes: (text) => text.search(headStart) >= 0,
  read(text) {
    const starts = [...text.matchAll(headStart)];
    return starts.map((start, index) =>
      foundIn(
        text.slice(start.index + start[0].length, starts[index + 1]?.index),
        starts.length > 1 ? index : undefined,
      ),
    );
  },
};

function foundIn(text: string, index: number | undefined): FoundRequest {
  const lines = text.split('\n').map(bareLine);
  const end = lines.indexOf('');
  const head = lines.slice(0, end < 0 ? lines.length : end);
  const { message, notes } = readRawRequest(bytesOfText([...head, '', ''].join('\n')));
  const after = lines.slice(head.length);
  const status = Number(/^INFO: RESPONSE: \(.*\) (\d{3})\b/m.exec(after.join('\n'))?.[1] ?? 0);
  const edit = editedNote("it is the log of Java's HttpClient, of which the request's head is taken");
  const url = `${headerValue(message.headers, 'host') ?? ''}${message.target}`;
  return {
    message,
    form: 'java-output',
    title: titleOf(message, status === 0 ? undefined : status),
    notes: [
      edit,
      ...noBodyNotes(
        message,
        notes,
        "Java's log does not show it: write the head into a file, a blank line, and the body that your program sends",
      ),
    ],
    ...(index !== undefined && { entry: { index, url, ...(status !== 0 && { status }) } }),
    ...answeredAt(
      after.flatMap((line) => (/^date: /i.test(line) ? [['date', line.slice('date: '.length)] as const] : [])),
    ),
  };
}
