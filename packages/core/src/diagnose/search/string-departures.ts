import type { Data } from '../../digest/algorithms.ts';
import type { Evidence } from '../reading/evidence.ts';
import { joinLayout, type Layout, type Slot } from '../reading/layout.ts';
import { latin1 } from '../text/charsets.ts';
import { bytesOf, sameBytesKey, textOf } from '../text/visible.ts';
import { behindSteps, unknownSteps, unlikeSteps } from './open-departures.ts';
import type { MistakeClass, Step } from './mistake-class.ts';
import type { MoveLists } from './move-lists.ts';
import { departuresIn, StringReader, type Openness, type PartValue, type StringReading } from './string-reader.ts';

/** How a known string departs from the right one. */
export interface Departures {
  readonly steps: readonly Step[];
  /** Whether the steps give the very string, so that nothing is left open. */
  readonly isNamed: boolean;
}

interface Laid {
  readonly layout: Layout;
  readonly steps: readonly Step[];
  readonly cost: number;
  readonly distance: number;
}

interface Read {
  readonly laid: Laid;
  readonly reading: StringReading;
}

/** How many layouts a further change of the layout is tried on. */
const beam = 16;
const mostOpen: Openness = { unknown: 2, behind: true };
/** Costs of the values that one mistake makes of a part, and two together. */
const [costs, costsOfTwo] = [
  [1, 2, 3, 4],
  [2, 3],
];
/** A hash or a body that is there as it should be is no other one as well. */
const telling = 8;

/**
 * Finds by the moves of all classes how a known string came about: the string is read as the parts of every layout, each
 * part with every value that a class makes of it, so that any number of departures is named together. No key is needed,
 * and an equal string is a proof.
 */
export class DepartureSearch {
  readonly #evidence: Evidence;
  readonly #classes: readonly MistakeClass[];
  readonly #moves: MoveLists;

  constructor(evidence: Evidence, classes: readonly MistakeClass[], moves: MoveLists) {
    this.#evidence = evidence;
    this.#classes = classes;
    this.#moves = moves;
  }

  /** @param thorough also where several changes of the layout come together, or none of them has a name */
  find(yours: Data, thorough: boolean): Departures {
    const { layout, isStringLong } = this.#evidence;
    const key = sameBytesKey(yours);
    if (key === sameBytesKey(joinLayout(layout))) return { steps: [], isNamed: true };
    const encoded = this.#moves.layoutList().find(({ layout: moved, encode }) => {
      const joined = encode && joinLayout(moved);
      return typeof joined === 'string' && sameBytesKey(encode?.(joined) ?? '') === key;
    });
    if (encoded) return { steps: encoded.steps, isNamed: true };

    const usual = this.#reader(yours, false);
    const base = { layout, steps: [], cost: 0 };
    const once = [
      base,
      ...this.#moves.layoutList().filter(({ layout: moved, encode }) => !encode && moved.length > 0),
    ].map((one): Laid => ({
      ...one,
      distance: usual.distance(one.layout),
    }));
    const found = this.#best(usual, once);
    if (found) return this.#told(found, yours);
    if (!thorough || isStringLong) return this.#leftOpen(usual, once, yours);
    const twice = this.#changedOnceMore(usual, once);
    const deep = this.#best(usual, twice);
    if (deep) return this.#told(deep, yours);
    const open = this.#best(usual, once, mostOpen);
    if (open && isRead(open)) return this.#told(open, yours);
    const all = this.#reader(yours, true);
    const deeper = this.#best(all, once) ?? this.#best(all, twice);
    if (deeper) return this.#told(deeper, yours);
    const thrice = this.#changedOnceMore(all, twice);
    const deepest = this.#best(all, thrice);
    return deepest
      ? this.#told(deepest, yours)
      : this.#leftOpen(all, [...once, ...nearest(twice), ...nearest(thrice)], yours);
  }

  /** What of the string can be told at all. */
  #leftOpen(reader: StringReader, laid: readonly Laid[], yours: Data): Departures {
    const open = this.#best(reader, laid, mostOpen);
    if (open) return this.#told(open, yours);
    return { steps: unlikeSteps(yours, this.#evidence, this.#classes), isNamed: false };
  }

  /** A reader of the string, with the values that one mistake makes of each part, or with those of two as well. */
  #reader(yours: Data, isTwice: boolean): StringReader {
    const isText = typeof yours === 'string' || textOf(yours) !== undefined;
    const written = (value: Slot['value']): string =>
      isText ? (typeof value === 'string' ? value : (textOf(value) ?? '\0')) : latin1(bytesOf(value));
    const { layout, budget } = this.#evidence;
    const text = written(yours);
    const values = new Map(layout.map((slot) => [slot.name, this.#valuesOf(slot, text, written, isTwice)]));
    return new StringReader(text, layout, values, written, budget);
  }

  /** The values of a part that stand somewhere in the string, its own first. */
  #valuesOf(
    { name, value, source }: Slot,
    text: string,
    written: (value: Slot['value']) => string,
    isTwice: boolean,
  ): PartValue[] {
    const { budget } = this.#evidence;
    const own: PartValue = { text: written(value), cost: 0, steps: [] };
    const isBody = source.from === 'body' || source.from === 'content-hash';
    if (isBody && own.text.length >= telling && text.includes(own.text)) return [own];
    const made = [
      ...costs.flatMap((cost) => this.#moves.ofCost(name, cost)),
      ...(isTwice ? costsOfTwo.flatMap((cost) => this.#moves.twiceOfCost(name, cost)) : []),
    ];
    const there = made.flatMap(({ value: other, cost, steps }): PartValue[] => {
      const candidate = written(other);
      const isThere = candidate !== own.text && budget.step(text.length) && text.includes(candidate);
      return isThere ? [{ text: candidate, cost, steps }] : [];
    });
    return [own, ...there];
  }

  #changedOnceMore(reader: StringReader, from: readonly Laid[]): Laid[] {
    const { budget } = this.#evidence;
    const moving = this.#classes.filter(({ layouts }) => layouts !== undefined);
    const known = new Set(from.map(({ layout }) => sameBytesKey(joinLayout(layout))));
    const made = new Map<string, Laid>();
    for (const outer of nearest(from)) {
      for (const mistake of moving) {
        for (const { layout, detail, cost, encode } of mistake.layouts?.(outer.layout, this.#evidence) ?? []) {
          // Where nothing is left, nothing more can be done.
          if (encode || layout.length === 0) continue;
          const data = joinLayout(layout);
          if (!budget.step(data.length)) return [...made.values()];
          const key = sameBytesKey(data);
          const total = outer.cost + cost;
          if (known.has(key) || (made.get(key)?.cost ?? Infinity) <= total) continue;
          const step: Step = {
            mistake,
            detail,
            part: 'string-to-sign',
            yours: data,
            expected: joinLayout(outer.layout),
          };
          made.set(key, { layout, steps: [...outer.steps, step], cost: total, distance: reader.distance(layout) });
        }
      }
    }
    return [...made.values()];
  }

  /** The reading with the fewest departures; of equal ones the likeliest, then that of the more specific classes. */
  #best(reader: StringReader, laid: readonly Laid[], open?: Openness): Read | undefined {
    let best: (Read & { readonly order: readonly number[] }) | undefined;
    for (const one of laid) {
      const reading = reader.read(one.layout, open);
      if (!reading || !isTelling(reading, one.layout)) continue;
      const steps = [...one.steps, ...reading.steps];
      const rank = steps.reduce((sum, { mistake }) => sum + this.#classes.indexOf(mistake), 0);
      const order = [one.steps.length + departuresIn(reading), -reading.known, one.cost + reading.cost, rank];
      if (!best || isBefore(order, best.order)) best = { laid: one, reading, order };
    }
    return best;
  }

  #told({ laid, reading }: Read, yours: Data): Departures {
    const { layout } = this.#evidence;
    const { unknown, behind } = reading;
    const ofParts = [...reading.steps, ...unknownSteps(unknown, this.#evidence, this.#classes)];
    const placeOf = ({ part }: Step): number => layout.findIndex(({ name }) => name === part);
    const steps = [...ofParts.toSorted((left, right) => placeOf(left) - placeOf(right)), ...laid.steps];
    if (behind === '') return { steps, isNamed: unknown.length === 0 };
    return { steps: [...steps, ...behindSteps(behind, yours, this.#evidence, this.#classes)], isNamed: false };
  }
}

/** The layouts that have the most in common with the string. */
function nearest(laid: readonly Laid[]): readonly Laid[] {
  return laid.toSorted((left, right) => left.distance - right.distance || left.cost - right.cost).slice(0, beam);
}

/** Whether every part was recognized, and something stands behind them. */
function isRead({ laid, reading: { unknown, known } }: Read): boolean {
  return unknown.length === 0 && known >= laid.layout.length - 1;
}

/** What is left open has to be less than what was recognized. */
function isTelling({ unknown, behind, known }: StringReading, layout: Layout): boolean {
  if (unknown.length === 0) return behind === '' || known > 1;
  return layout.length === 1 ? layout[0]?.source.from === 'body' : unknown.length < known;
}

function isBefore(left: readonly number[], right: readonly number[]): boolean {
  const at = left.findIndex((value, index) => value !== right[index]);
  return at >= 0 && (left[at] ?? 0) < (right[at] ?? 0);
}
