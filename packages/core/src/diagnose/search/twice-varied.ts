import type { BodyGroups } from './body-groups.ts';
import type { ValueCandidate } from './candidates.ts';
import { writtenHashes } from './content-hash-search.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Slot } from '../reading/layout.ts';
import type { MistakeClass } from './mistake-class.ts';
import type { PlainValue } from './value-groups.ts';
import { sameBytesKey } from '../text/visible.ts';

/** Two mistakes in one part cost at most this much together. */
export const highestTwiceCost = 3;

/**
 * What two mistakes make of one part, by the sum of their costs: a path without its prefix that was decoded too, a
 * placeholder in a URL that was signed whole, a body that was re-serialized and hashed in hexadecimal.
 */
export function twiceVaried(
  slot: Slot,
  first: readonly ValueCandidate[],
  evidence: Evidence,
  classes: readonly MistakeClass[],
  bodies: BodyGroups,
): ReadonlyMap<number, readonly PlainValue[]> {
  const { budget } = evidence;
  const made = new Map<number, PlainValue[]>();
  const seen = new Set<string>([sameBytesKey(slot.value), ...first.map(({ value }) => sameBytesKey(value))]);
  const add = (candidate: PlainValue): void => {
    const key = sameBytesKey(candidate.value);
    if (candidate.cost > highestTwiceCost || seen.has(key)) return;
    seen.add(key);
    const list = made.get(candidate.cost);
    if (list) list.push(candidate);
    else made.set(candidate.cost, [candidate]);
  };
  // Placeholders and other instants are many, and it does not matter which of the two mistakes is made first.
  const again = classes.filter(({ values, inPairs }) => values !== undefined && inPairs === undefined);
  for (const outer of first) {
    if (outer.value.length === 0 || outer.steps[0]?.part !== slot.name) continue;
    // Rare placeholders are many, and seldom the only ones that were left.
    if (outer.cost > 1 && outer.steps[0]?.mistake.inPairs === 'usual first') continue;
    for (const mistake of again) {
      // Even a class without a move for it may have read all of it.
      if (!budget.step(outer.value.length)) return made;
      if (outer.steps.some((step) => step.mistake === mistake)) continue;
      for (const { value, cost, detail } of mistake.values?.({ ...slot, value: outer.value }, evidence) ?? []) {
        if (!budget.write(value.length)) return made;
        if (outer.cost + cost > highestTwiceCost) continue;
        const step = { mistake, detail, part: slot.name, yours: value, expected: outer.value };
        add({ value, cost: outer.cost + cost, steps: [...outer.steps, step] });
      }
    }
  }
  if (slot.source.from === 'content-hash') addHashes(evidence, classes, bodies, add);
  if (slot.source.from === 'body') {
    for (const { body, cost, steps } of bodies.pairs()) {
      if (budget.spent) return made;
      add({ value: body, cost, steps });
    }
  }
  return made;
}

/** Another body whose hash is written in another way, and the hash of a body that was changed twice. */
function addHashes(
  evidence: Evidence,
  classes: readonly MistakeClass[],
  bodies: BodyGroups,
  add: (candidate: PlainValue) => void,
): void {
  // A hash that the request carries was examined on its own.
  if (evidence.contentHash?.sent !== undefined) return;
  const { budget } = evidence;
  for (const body of bodies.classes.flatMap((mistake) => bodies.all(mistake))) {
    if (body.cost > 1) continue;
    if (!budget.affordsBody(body.body.length) || !budget.hashBody(4 * body.body.length)) continue;
    for (const { value, steps } of writtenHashes(body, evidence, classes)) {
      add({ value, cost: body.cost + 1, steps: [...body.steps, ...steps] });
    }
  }
  for (const body of bodies.pairs()) {
    if (!budget.hashBody(body.body.length)) return;
    for (const { value } of writtenHashes(body, evidence, [])) add({ value, cost: body.cost, steps: body.steps });
  }
}
