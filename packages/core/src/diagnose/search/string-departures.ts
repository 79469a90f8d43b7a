import { bytesOf } from '../../canonical/byte-encoding.ts';
import type { Data } from '../../digest/algorithms.ts';
import type { Evidence } from '../reading/evidence.ts';
import { joinLayout, type Layout, type Slot } from '../reading/layout.ts';
import { latin1 } from '../text/charsets.ts';
import { sameBytesKey, textOf } from '../text/visible.ts';
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

/** One way to put the parts together, and what was done to come to it. */
interface Laid {
  readonly layout: Layout;
  readonly classes: readonly MistakeClass[];
  /** Made only for the one that is told: strings may be long. */
  readonly steps: () => readonly Step[];
  readonly cost: number;
  readonly distance: number;
}

interface Read {
  readonly laid: Laid;
  readonly reading: StringReading;
  /** How many departures it takes, then how unlikely they are: the smaller, the better. */
  readonly order: readonly [departures: number, ...number[]];
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
    const { layout } = this.#evidence;
    const key = sameBytesKey(yours);
    if (key === sameBytesKey(joinLayout(layout))) return { steps: [], isNamed: true };
    const encoded = this.#encoded(key);
    if (encoded) return { steps: [encoded], isNamed: true };

    const usual = this.#reader(yours, false);
    const base: Laid = { layout, classes: [], steps: () => [], cost: 0, distance: usual.distance(layout) };
    const once = [base, ...this.#changedOnceMore(usual, [base])];
    const few = this.#best(usual, once);
    if (few && few.order[0] <= 2) return this.#told(few, yours);
    if (!thorough) return few ? this.#told(few, yours) : this.#leftOpen(usual, once, yours);

    const twice = this.#changedOnceMore(usual, once);
    const found = earlier(few, this.#best(usual, twice));
    if (found && found.order[0] <= 3) return this.#told(found, yours);
    const open = this.#best(usual, once, mostOpen);
    if (!found && open && isRead(open)) return this.#told(open, yours);

    // What would be four mistakes is often two values in one part, or three changes of the layout.
    const all = this.#reader(yours, true);
    const threeTimes = this.#changedOnceMore(all, twice);
    const best = [this.#best(all, once), this.#best(all, twice), this.#best(all, threeTimes)].reduce(earlier, found);
    return best
      ? this.#told(best, yours)
      : this.#leftOpen(all, [...once, ...nearest(twice), ...nearest(threeTimes)], yours);
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
    // Nothing else is looked for in what is the body itself.
    const body = layout.find(({ source }) => source.from === 'body');
    const own = body ? written(body.value) : '';
    const around = own.length >= telling ? text.split(own).join('\0') : text;
    const values = new Map(
      layout.map((slot) => [slot.name, this.#valuesOf(slot, slot === body ? text : around, written, isTwice)]),
    );
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

  /** The right string in other bytes. */
  #encoded(key: string): Step | undefined {
    const { layout, budget } = this.#evidence;
    const expected = joinLayout(layout);
    for (const mistake of this.#classes) {
      for (const { layout: moved, encode, detail } of mistake.layouts?.(layout, this.#evidence) ?? []) {
        const joined = encode && joinLayout(moved);
        if (typeof joined !== 'string' || !budget.write(joined.length)) continue;
        const yours = encode?.(joined) ?? '';
        if (sameBytesKey(yours) === key) return { mistake, detail, part: 'string-to-sign', yours, expected };
      }
    }
    return undefined;
  }

  /** Every layout that one more change makes of those that are nearest to the string. */
  #changedOnceMore(reader: StringReader, from: readonly Laid[]): Laid[] {
    const { budget } = this.#evidence;
    const moving = this.#classes.filter(({ layouts }) => layouts !== undefined);
    const known = new Set(from.map(({ layout }) => this.#keyOf(layout)));
    const made = new Map<string, Laid>();
    for (const outer of nearest(from)) {
      for (const mistake of moving) {
        for (const { layout, detail, cost, encode } of mistake.layouts?.(outer.layout, this.#evidence) ?? []) {
          // Where nothing is left, nothing more can be done.
          if (encode || layout.length === 0) continue;
          if (!budget.step()) return [...made.values()];
          const key = this.#keyOf(layout);
          const total = outer.cost + cost;
          if (known.has(key) || (made.get(key)?.cost ?? Infinity) <= total) continue;
          const steps = (): Step[] => {
            const [yours, expected] = [joinLayout(layout), joinLayout(outer.layout)];
            return [...outer.steps(), { mistake, detail, part: 'string-to-sign', yours, expected }];
          };
          const classes = [...outer.classes, mistake];
          made.set(key, { layout, classes, steps, cost: total, distance: reader.distance(layout) });
        }
      }
    }
    return [...made.values()];
  }

  /** The parts with what stands between them; the values that are the request's own go without saying. */
  #keyOf(layout: Layout): string {
    const own = this.#evidence.layout;
    const texts = layout.flatMap(({ name, before, value, after }) => {
      const isOwn = own.some((slot) => slot.name === name && slot.value === value);
      return [name, before, isOwn ? 'own' : `other ${String(value)}`, after];
    });
    return texts.join('\0');
  }

  /** The reading with the fewest departures; of equal ones the likeliest, then that of the more specific classes. */
  #best(reader: StringReader, laid: readonly Laid[], open?: Openness): Read | undefined {
    let best: Read | undefined;
    for (const one of laid) {
      const reading = reader.read(one.layout, open);
      if (!reading || !isTelling(reading, one.layout)) continue;
      const classes = [...one.classes, ...reading.steps.map(({ mistake }) => mistake)];
      const rank = classes.reduce((sum, mistake) => sum + this.#classes.indexOf(mistake), 0);
      const order: Read['order'] = [
        one.classes.length + departuresIn(reading),
        -reading.known,
        one.cost + reading.cost,
        rank,
      ];
      best = earlier(best, { laid: one, reading, order });
    }
    return best;
  }

  #told({ laid, reading }: Read, yours: Data): Departures {
    const { layout } = this.#evidence;
    const { unknown, behind } = reading;
    const ofParts = [...reading.steps, ...unknownSteps(unknown, this.#evidence, this.#classes)];
    const placeOf = ({ part }: Step): number => layout.findIndex(({ name }) => name === part);
    const steps = [...ofParts.toSorted((left, right) => placeOf(left) - placeOf(right)), ...laid.steps()];
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

function earlier(known: Read | undefined, other: Read | undefined): Read | undefined {
  if (!known || !other) return known ?? other;
  const at = known.order.findIndex((value, index) => value !== other.order[index]);
  return at >= 0 && (other.order[at] ?? 0) < (known.order[at] ?? 0) ? other : known;
}
