import type { Outcome } from './replay-store.ts';

/** An outcome as text, for stores of text. */
export function outcomeText({ status, headers, body }: Outcome): string {
  return JSON.stringify({ status, headers, body: Buffer.from(body).toString('base64') });
}

/**
 * Reads what `outcomeText` wrote.
 *
 * @throws Error when it is something else, which nobody may be answered
 */
export function readOutcome(text: string): Outcome {
  let read: Partial<Record<keyof Outcome, unknown>> | null;
  try {
    read = JSON.parse(text) as typeof read;
  } catch {
    read = null;
  }
  if (typeof read !== 'object' || read === null || !isStatus(read.status) || !areHeaders(read.headers))
    throw new Error('the store holds something that is no outcome');
  const { status, headers, body } = read;
  if (typeof body !== 'string') throw new Error('the store holds something that is no outcome');
  return { status, headers, body: Buffer.from(body, 'base64') };
}

function isStatus(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 200 && (value as number) <= 599;
}

function areHeaders(value: unknown): value is Outcome['headers'] {
  return Array.isArray(value) && value.every((pair) => Array.isArray(pair) && pair.length === 2 && pair.every(isText));
}

/** What Node would not write would end the answer to a repeat. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && !/[\r\n\0]/.test(value);
}
