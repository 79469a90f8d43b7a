import type { Data } from '../../digest/algorithms.ts';
import { longBytes, type Evidence } from '../reading/evidence.ts';
import { joinLayout, type Layout } from '../reading/layout.ts';
import { canHit } from './matrix.ts';
import type { Find, MistakeClass, Step } from './mistake-class.ts';
import { sameBytesKey } from '../text/visible.ts';

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

/** What it costs to look at a part of a layout, in bytes that are hashed. */
const slotBytes = 32;

/** Every other way to put the parts together, cheapest first; equal strings are one candidate. */
export function layoutCandidates(
  layout: Layout,
  evidence: Evidence,
  classes: readonly MistakeClass[],
): LayoutCandidate[] {
  const candidates = new Map<string, LayoutCandidate>();
  const expected = joinLayout(layout);
  const own = sameBytesKey(expected);
  const { budget } = evidence;
  for (const mistake of classes) {
    for (const { layout: moved, cost, detail, encode } of mistake.layouts?.(layout, evidence) ?? []) {
      // Each is kept, and a long one takes the memory and the time of another body.
      const length = moved.reduce(
        (sum, { before, value, after }) => sum + before.length + value.length + after.length,
        0,
      );
      if (length <= longBytes) {
        if (!budget.step(length + moved.length * slotBytes)) break;
      } else if (budget.affordsBody(length)) {
        budget.wroteBody(length);
      } else {
        // Of many parts there are very many orders, which are made before they are left out.
        if (!budget.step(moved.length * slotBytes)) break;
        continue;
      }
      const joined = joinLayout(moved);
      const bytes = encode && typeof joined === 'string' ? encode(joined) : joined;
      const key = sameBytesKey(bytes);
      if (key === own) continue;
      const steps: readonly Step[] = [{ mistake, detail, part: 'string-to-sign', yours: bytes, expected }];
      const known = candidates.get(key);
      if (!known) candidates.set(key, { layout: moved, cost, steps, ties: [], ...(encode && { encode }) });
      else if (known.steps[0]?.mistake !== mistake) known.ties.push(steps);
    }
  }
  return [...candidates.values()].toSorted((left, right) => left.cost - right.cost);
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
