import { randomUUID } from 'node:crypto';
import { headerValue, message, type Header } from '@countersign/core/message';
import type { WholeMessage } from '../requests/signed-message.ts';
import type { Prover } from './prover.ts';

/** What right requests are made of. */
export interface RightRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly Header[];
  /** The body, each time it is asked for; absent for one that says what it is. */
  readonly body?: () => Uint8Array;
}

/** Makes right requests without their proof, each another one, as far as the body and the proof let it be. */
export function freshRequests(
  { url, method, headers, body }: RightRequest,
  prover: Prover,
): (count: number) => WholeMessage {
  return (count) => {
    const isForm = !body && signsForm(prover);
    const bytes = body ? toldApart(body(), prover, count) : isForm ? ownForm() : ownBody();
    const own: Header[] = [
      ['User-Agent', 'countersign-probe'],
      ['Content-Type', isForm ? 'application/x-www-form-urlencoded' : 'application/json'],
    ];
    const all = [...own.filter(([name]) => headerValue(headers, name) === undefined), ...headers];
    return { ...message({ method, url, headers: all, body: bytes }), body: bytes };
  };
}

/** Whether what is signed of a body are the fields of a form. */
function signsForm({ by }: Prover): boolean {
  const forms = new Set<string>(['form', 'parameters', 'query-and-form']);
  return by.kind === 'scheme' && by.scheme.parts.some(({ source }) => forms.has(source.from));
}

function ownForm(): Uint8Array {
  return Buffer.from(`event=countersign.probe&id=${randomUUID()}`);
}

function ownBody(): Uint8Array {
  return Buffer.from(JSON.stringify({ event: 'countersign.probe', id: randomUUID() }));
}

/** A given body with white space behind it, where nothing else tells one request from the next and it is JSON. */
function toldApart(body: Uint8Array, { toldApartBy }: Prover, count: number): Uint8Array {
  if (toldApartBy !== 'body' || count === 0 || !isJson(body)) return body;
  return Buffer.concat([body, Buffer.alloc(count, ' ')]);
}

function isJson(body: Uint8Array): boolean {
  try {
    JSON.parse(Buffer.from(body).toString('utf8'));
    return true;
  } catch {
    return false;
  }
}
