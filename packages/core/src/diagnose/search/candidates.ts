import type { Data } from '../../digest/algorithms.ts';
import type { Evidence } from '../reading/evidence.ts';
import { joinLayout, type Layout } from '../reading/layout.ts';
import { canHit } from './matrix.ts';
import type { Find, MistakeClass, Step } from './mistake-class.ts';

/** Another value of one part, with what explains it and what else would give the same value. */
export interface ValueCandidate {
  readonly value: string | Uint8Array;
  readonly cost: number;
  readonly steps: readonly Step[];
  readonly ties: (readonly Step[])[];
}

export interface LayoutCandidate {
  readonly layout: Layout;
  readonly cost: number;
  readonly steps: readonly Step[];
  readonly ties: (readonly Step[])[];
  readonly encode?: (text: string) => Uint8Array;
}

/** The string of a layout. */
export function joinCandidate({ layout, encode }: Pick<LayoutCandidate, 'layout' | 'encode'>): Data {
  const joined = joinLayout(layout);
  return encode && typeof joined === 'string' ? encode(joined) : joined;
}

/** The classes that can hit a scheme, the more specific first. */
export function classesFor({ scheme }: Evidence, catalog: readonly MistakeClass[]): MistakeClass[] {
  return catalog.filter(({ needs }) => canHit(needs, scheme)).toSorted((left, right) => left.rank - right.rank);
}

/** The classes that speak of what was found without their moves, each with its detail. */
export function speakersOf(
  find: Find,
  evidence: Evidence,
  classes: readonly MistakeClass[],
): Pick<Step, 'mistake' | 'detail'>[] {
  const speakers: Pick<Step, 'mistake' | 'detail'>[] = [];
  for (const mistake of classes) {
    const detail = mistake.speaksOf?.(find, evidence);
    if (detail) speakers.push({ mistake, detail });
  }
  return speakers;
}

/** The most specific of them. */
export function speakerOf(
  find: Find,
  evidence: Evidence,
  classes: readonly MistakeClass[],
): Pick<Step, 'mistake' | 'detail'> | undefined {
  return speakersOf(find, evidence, classes)[0];
}
