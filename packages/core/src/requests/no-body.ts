import { headerValue, type Message } from '../message.ts';
import type { RequestNote } from './request-note.ts';

/**
 * What to do where a tool shows the head of a request and not its body.
 *
 * @param advice whose fault it is and how to bring the body: `curl -v does not show it: …`
 */
export function noBodyNotes({ headers, body }: Message, notes: readonly RequestNote[], advice: string): RequestNote[] {
  const length = Number(headerValue(headers, 'content-length') ?? 0);
  if (body.length > 0 || !(length > 0)) return [...notes];
  const summary = `the text holds none of the ${length} bytes of the body; ${advice}`;
  return [...notes.filter(({ id }) => id !== 'input/content-length'), { id: 'input/no-body', summary }];
}
