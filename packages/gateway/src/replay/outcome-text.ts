import type { Outcome } from './replay-store.ts';

/** An outcome as text, for stores of text. */
export function outcomeText({ status, headers, body }: Outcome): string {
  return JSON.stringify({ status, headers, body: Buffer.from(body).toString('base64') });
}

/** Reads what `outcomeText` wrote. */
export function readOutcome(text: string): Outcome {
  const { status, headers, body } = JSON.parse(text) as Outcome & { body: string };
  return { status, headers, body: Buffer.from(body, 'base64') };
}
