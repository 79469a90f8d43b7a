import { bytesOf } from '../../canonical/byte-encoding.ts';
import type { Data } from '../../digest/algorithms.ts';
import { rowOf } from '../../parts/sources.ts';
import type { Evidence } from '../reading/evidence.ts';
import { joinLayout, type Slot } from '../reading/layout.ts';
import { opening } from '../text/brief.ts';
import { characterStart, firstDifference, visible } from '../text/visible.ts';
import { speakerOf } from './candidates.ts';
import type { Departure } from './departure.ts';
import type { Find, MistakeClass, Step } from './mistake-class.ts';
import type { UnknownPart } from './string-reader.ts';

const shownCharacters = 40;

/** Steps for parts whose value no class makes. */
export function unknownSteps(
  unknown: readonly UnknownPart[],
  evidence: Evidence,
  classes: readonly MistakeClass[],
): Step[] {
  return unknown.flatMap(({ slot, text }) => {
    const own = evidence.layout.find(({ name }) => name === slot.name) ?? slot;
    const place = { part: slot.name, yours: text, expected: own.value };
    return spoken(departure(own, text, evidence), place, evidence, classes);
  });
}

/** A step for what stands behind the last part. */
export function behindSteps(behind: string, yours: Data, evidence: Evidence, classes: readonly MistakeClass[]): Step[] {
  const find: Find = { kind: 'text behind', text: readable(behind.trim()) };
  return spoken(find, { part: 'string-to-sign', yours, expected: joinLayout(evidence.layout) }, evidence, classes);
}

/** A step for a string that has too little in common with the right one for any of its parts to be told from another. */
export function unlikeSteps(yours: Data, evidence: Evidence, classes: readonly MistakeClass[]): Step[] {
  const expected = joinLayout(evidence.layout);
  const [mine, theirs] = [linesOf(yours), linesOf(expected)];
  const at = theirs.findIndex((line, index) => line !== mine[index]);
  const line = at < 0 ? theirs.length : at;
  const find: Find = {
    kind: 'other line',
    line: line + 1,
    yours: readable(mine[line] ?? ''),
    expected: readable(theirs[line] ?? ''),
  };
  return spoken(find, { part: 'string-to-sign', yours, expected }, evidence, classes);
}

/** How a part with a value of its own departs from the right one. */
function departure(slot: Slot, text: string, { scheme, date }: Evidence): Departure {
  const row = rowOf(slot.source);
  const [yours, expected] = [bytesOf(text), bytesOf(slot.value)];
  const offset = firstDifference(yours, expected);
  return {
    kind: 'departure',
    part: slot.name,
    offset,
    text,
    subject: row.signs(slot.source, scheme)[0],
    header: row.headerOf?.(slot.source, scheme, date?.header),
    yours: onwards(yours, offset),
    expected: onwards(expected, offset),
  };
}

function spoken(
  find: Find,
  place: Pick<Step, 'part' | 'yours' | 'expected'>,
  evidence: Evidence,
  classes: readonly MistakeClass[],
): Step[] {
  const speaker = speakerOf(find, evidence, classes);
  return speaker ? [{ ...speaker, ...place, certainty: 'likely' }] : [];
}

/** How a string goes on from a byte, as people can read it. */
export function onwards(bytes: Uint8Array, offset: number): string {
  const [from, to] = [characterStart(bytes, offset), characterStart(bytes, offset + 4 * shownCharacters)];
  return readable(bytes.subarray(from, to));
}

/** Cut where a quote would be left open: a piece may begin within one. */
function readable(value: Data): string {
  const text = opening(visible(value).replaceAll('·', ' '), shownCharacters);
  return text.split('"').length % 2 === 1 ? text : text.slice(0, text.lastIndexOf('"'));
}

function linesOf(value: Data): readonly string[] {
  return (typeof value === 'string' ? value : new TextDecoder().decode(value)).split('\n');
}
