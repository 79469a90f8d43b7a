import type { AttemptOutcome } from './callback.ts';

type Lines = Extract<AttemptOutcome, { status: number }>['headers'];

/**
 * Makes the header lines of answers out of what Node read. A receiver answers with the same lines again and again, so
 * the latest are kept, and callbacks share one list where each would hold its own.
 */
export class HeaderLines {
  #raw: readonly string[] = [];
  #lines: Lines = [];

  /** @param raw names and values in turn, as they came; names are given back in lower case */
  of(raw: readonly string[]): Lines {
    if (raw.length !== this.#raw.length || raw.some((text, index) => text !== this.#raw[index])) {
      this.#raw = raw;
      this.#lines = linesOf(raw);
    }
    return this.#lines;
  }
}

function linesOf(raw: readonly string[]): Lines {
  const lines: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) lines.push([raw[at]?.toLowerCase() ?? '', raw[at + 1] ?? '']);
  return lines;
}
