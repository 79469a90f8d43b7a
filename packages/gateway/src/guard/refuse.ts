import type { ServerResponse } from 'node:http';
import { headFromIncoming } from '@countersign/core/receive';
import type { HeldBody } from '../body/held-body.ts';
import { answerAlsoUnread } from '../wire/answer-unread.ts';
import { entryOf, type Handling, type Passage } from './handling.ts';
import { statusOf, type Refused } from './judge.ts';
import { KeptRefusals } from './kept-refusals.ts';

/** Refuses a request whose body is here: it is kept for the diagnosis. */
export async function refuseHeld(
  passage: Passage,
  refused: Refused,
  body: HeldBody,
  response: ServerResponse,
  handling: Handling,
): Promise<void> {
  const isKept = handling.refusals !== undefined && body.length <= KeptRefusals.longestBody;
  refuse(passage, refused, isKept ? await body.bytes() : undefined, response, handling);
}

/** Answers with nothing but the id: behind a tunnel everyone looks like this machine, so no answer says why. */
export function refuse(
  passage: Passage,
  refused: Refused,
  body: Uint8Array | undefined,
  response: ServerResponse,
  handling: Handling,
): void {
  const status = noteRefusal(passage, refused, body, handling);
  if (status === 503) response.setHeader('retry-after', '1');
  setIdHeaders(response, status, passage.id);
  answerAlsoUnread(passage.request, response, status, passage.id);
}

/** Logs, counts and keeps a refusal. Returns its status. */
export function noteRefusal(
  passage: Passage,
  { code, summary }: Refused,
  body: Uint8Array | undefined,
  { metrics, log, refusals, now }: Handling,
): number {
  const { id, request, route } = passage;
  const status = statusOf(code);
  metrics.refused.inc({ route: route?.name ?? '', code });
  log(entryOf(passage, { level: status >= 500 ? 'error' : 'warn', event: 'refused', code, reason: summary, status }));
  if (route && refusals) refusals.add({ id, at: now(), route, code, summary, head: headFromIncoming(request), body });
  return status;
}

/** An answer that is the request's id. */
export function answerId(response: ServerResponse, status: number, id: string): void {
  setIdHeaders(response, status, id);
  response.writeHead(status).end(id);
}

function setIdHeaders(response: ServerResponse, status: number, id: string): void {
  response.setHeader('content-type', 'text/plain');
  response.setHeader('content-length', id.length);
  if (status === 401) response.setHeader('www-authenticate', 'Signature');
}

/** The same, as bytes, where there is no response to write it with. */
export function idAnswer(status: number, reason: string, id: string): string {
  return `HTTP/1.1 ${status} ${reason}\r\nContent-Type: text/plain\r\nContent-Length: ${id.length}\r\nConnection: close\r\n\r\n${id}`;
}
