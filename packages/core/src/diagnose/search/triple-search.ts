import { around, putBetween, type Layout, type Slot } from '../reading/layout.ts';
import type { ValueCandidate } from './candidates.ts';
import type { KeyCandidate } from './key-candidates.ts';
import type { MistakeClass } from './mistake-class.ts';
import type { SearchState } from './search-state.ts';

/** Tries three mistakes: whoever puts the string together by heart makes some in the layout and in the parts. */
export class TripleSearch {
  readonly #state: SearchState;

  constructor(state: SearchState) {
    this.#state = state;
  }

  /** Two usual mistakes in the layout and one in a part. */
  tryLaidOutTwice(key: KeyCandidate, valuesOf: (part: string) => readonly ValueCandidate[]): void {
    const { evidence, length, moves, probe, solutions } = this.#state;
    if (solutions.isDone) return;
    const parts = evidence.layout.map((slot) => ({ slot, values: valuesOf(slot.name) }));
    for (const { layout, steps } of moves.twiceLaidOut(2)) {
      if (!evidence.budget.mine()) continue;
      for (const { slot, values } of parts) {
        if (values.length === 0 || valueIn(layout, slot.name) !== slot.value) continue;
        if (!evidence.budget.step(length)) return;
        const place = around(layout, slot.name);
        if (!place) continue;
        for (const value of values) {
          const reading = probe.test(key, putBetween(place, value.value));
          if (!reading) continue;
          const ties = value.ties.map((tie) => [...tie, ...steps]);
          solutions.add(reading, key, 3, { steps: [...value.steps, ...steps], ties });
        }
        if (solutions.isDone) return;
      }
    }
  }

  /** One usual mistake in the layout, and in two parts the foremost one of a class each. */
  tryTwoValues(): void {
    const { evidence, moves, solutions } = this.#state;
    const foremost = evidence.layout.map(({ name }) => ({ name, values: foremostOf(moves.ofCost(name, 1)) }));
    for (const candidate of moves.layoutList()) {
      if (candidate.cost > 1 || solutions.isDone) return;
      if (candidate.encode || !evidence.budget.mine()) continue;
      const parts = foremost.filter(({ name }) => valueIn(candidate.layout, name) === valueIn(evidence.layout, name));
      for (const [at, left] of parts.entries()) {
        for (const one of left.values) {
          const layout = candidate.layout.map((slot) =>
            slot.name === left.name ? { ...slot, value: one.value } : slot,
          );
          for (const right of parts.slice(at + 1)) {
            if (!evidence.budget.step(this.#state.length)) return;
            this.#tryLast(layout, right, [one, candidate]);
          }
          if (solutions.isDone) return;
        }
      }
    }
  }

  /** The values of the last part, in a layout that has two mistakes already. */
  #tryLast(
    layout: Layout,
    { name, values }: { readonly name: string; readonly values: readonly ValueCandidate[] },
    [one, laidOut]: readonly [Pick<ValueCandidate, 'steps'>, Pick<ValueCandidate, 'steps'>],
  ): void {
    const { probe, right, solutions } = this.#state;
    const place = around(layout, name);
    if (!place) return;
    for (const other of values) {
      const reading = probe.test(right, putBetween(place, other.value));
      if (reading) solutions.add(reading, right, 3, { steps: [...one.steps, ...other.steps, ...laidOut.steps] });
    }
  }
}

/** The first of each class. */
export function foremostOf(values: readonly ValueCandidate[]): ValueCandidate[] {
  const seen = new Set<MistakeClass | undefined>();
  return values.filter(({ steps }) => !seen.has(steps[0]?.mistake) && seen.add(steps[0]?.mistake));
}

function valueIn(layout: Layout, part: string): Slot['value'] | undefined {
  return layout.find(({ name }) => name === part)?.value;
}
