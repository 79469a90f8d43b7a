import { bytesOf } from '../../canonical/byte-encoding.ts';
import { joinLayout, type Layout } from './layout.ts';

/** The part in which a byte of the string to sign stands, and where in it. */
export function placeIn(layout: Layout, offset: number): { part: string; offset: number } {
  let start = 0;
  for (const slot of layout) {
    const length = bytesOf(joinLayout([slot])).length;
    const before = bytesOf(slot.before).length;
    if (offset < start + length) return { part: slot.name, offset: Math.max(0, offset - start - before) };
    start += length;
  }
  const last = layout.at(-1);
  return last
    ? { part: last.name, offset: bytesOf(last.value).length + Math.max(0, offset - start) }
    : { part: 'string-to-sign', offset };
}
