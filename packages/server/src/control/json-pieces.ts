import type { Redaction } from '@countersign/core/redaction';
import { weighsMoreThan } from '../bounded/weight.ts';
import { redactedValue } from '../exchanges/redacted-value.ts';

/** What is written in one piece, in bytes; a single text may be longer. */
export const pieceBytes = 65_536;

/** Whether a value is written in one piece. */
export function isOnePiece(value: unknown): boolean {
  return !weighsMoreThan(pieceBytes, value);
}

/**
 * Writes a value as `JSON.stringify` does, in pieces, without keys in it: what is large takes long, and between two pieces
 * others can have their turn. A number announces a text of so many characters, which is searched and written at once.
 *
 * @param value plain data: objects, arrays, texts, numbers, booleans
 */
export function* jsonPieces(value: unknown, redaction: Redaction): Generator<string | number> {
  if (typeof value === 'string' && value.length > pieceBytes) yield value.length;
  if (typeof value !== 'object' || value === null || isOnePiece(value)) {
    yield JSON.stringify(redactedValue(value, redaction)) ?? 'null';
  } else if (Array.isArray(value)) {
    yield* listed(
      '[',
      value.map((item): [string, unknown] => ['', item]),
      ']',
      redaction,
    );
  } else {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    yield* listed(
      '{',
      members.map(([name, member]): [string, unknown] => [`${JSON.stringify(redaction.text(name))}:`, member]),
      '}',
      redaction,
    );
  }
}

function* listed(
  open: string,
  items: readonly (readonly [before: string, item: unknown])[],
  close: string,
  redaction: Redaction,
): Generator<string | number> {
  let separator = open;
  for (const [before, item] of items) {
    yield separator + before;
    yield* jsonPieces(item, redaction);
    separator = ',';
  }
  yield items.length === 0 ? open + close : close;
}
