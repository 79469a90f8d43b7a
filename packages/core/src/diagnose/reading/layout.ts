import { bytesOf } from '../../canonical/byte-encoding.ts';
import type { PartSource } from '../../scheme.ts';
import type { Data } from '../../digest/algorithms.ts';
import { concatBytes } from '../../canonical/concat-bytes.ts';

/** One part of a string to sign as some client may have written it. */
export interface Slot {
  /** The part's name in the scheme; a part that a client added is named by what it added. */
  readonly name: string;
  readonly source: PartSource;
  readonly before: string;
  readonly value: string | Uint8Array;
  readonly after: string;
}

/** A string to sign, as its parts in order. */
export type Layout = readonly Slot[];

/** Whether the line breaks in a part's value are the scheme's own, as those between parts are. */
export function hasLines({ source }: Slot): boolean {
  return ['canonical-headers', 'canonical-resource', 'listed-headers'].includes(source.from);
}

/** The bytes of a layout: text when every part is text. */
export function joinLayout(layout: Layout): Data {
  let text = '';
  for (const { before, value, after } of layout) {
    if (typeof value !== 'string') return joinData(layout.flatMap((slot) => [slot.before, slot.value, slot.after]));
    text += before + value + after;
  }
  return text;
}

/** Concatenates; stays text while every piece is text. */
export function joinData(pieces: readonly Data[]): Data {
  let text = '';
  for (const piece of pieces) {
    if (typeof piece !== 'string') return concatBytes(pieces.map(bytesOf));
    text += piece;
  }
  return text;
}

/** What stands before and after one part. */
export interface Surroundings {
  readonly head: Data;
  readonly tail: Data;
}

/** What stands before and after one part; `undefined` when the layout has no such part. */
export function around(layout: Layout, name: string): Surroundings | undefined {
  const index = layout.findIndex((slot) => slot.name === name);
  const slot = layout[index];
  if (!slot) return undefined;
  return {
    head: joinData([joinLayout(layout.slice(0, index)), slot.before]),
    tail: joinData([slot.after, joinLayout(layout.slice(index + 1))]),
  };
}

/** The whole string with another value of the part between. */
export function putBetween({ head, tail }: Surroundings, value: Data): Data {
  if (typeof head === 'string' && typeof value === 'string' && typeof tail === 'string') return head + value + tail;
  return joinData([head, value, tail]);
}
