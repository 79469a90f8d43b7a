import type { Layout, Slot } from '../reading/layout.ts';
import type { SearchBudget } from '../reading/search-budget.ts';
import type { Step } from './mistake-class.ts';

/** A value that a part may have in the string, and what was done to it. */
export interface PartValue {
  readonly text: string;
  readonly cost: number;
  readonly steps: readonly Step[];
}

/** A string, read as the parts of a layout. */
export interface StringReading {
  /** Of the parts that have another value, which one of a class's moves. */
  readonly steps: readonly Step[];
  /** Parts whose value no class makes. */
  readonly unknown: readonly UnknownPart[];
  /** What stands behind the last part. */
  readonly behind: string;
  readonly cost: number;
  /** How many parts have a value that somebody could recognize. */
  readonly known: number;
}

export interface UnknownPart {
  readonly slot: Slot;
  readonly text: string;
}

/** What a reading may leave open. */
export interface Openness {
  /** Parts of a value that no class makes. */
  readonly unknown: number;
  /** Whether more may stand behind the last part. */
  readonly behind: boolean;
}

const closed: Openness = { unknown: 0, behind: false };
/** Ends of an unknown value that are tried, places of a known one, and characters that make it more than a coincidence. */
const [mostEnds, mostPlaces, fewestTelling] = [20, 8, 3];

/** Reads one string as parts: in any layout, with any of the values that classes make of each part. */
export class StringReader {
  readonly #text: string;
  readonly #values: ReadonlyMap<string, readonly PartValue[]>;
  readonly #own: ReadonlyMap<string, Slot['value']>;
  readonly #written: (value: Slot['value']) => string;
  readonly #budget: SearchBudget;
  readonly #places = new Map<PartValue, number[]>();

  /**
   * @param values of each part by its name, its own first
   * @param written a value in the characters in which the string is held
   */
  constructor(
    text: string,
    base: Layout,
    values: ReadonlyMap<string, readonly PartValue[]>,
    written: (value: Slot['value']) => string,
    budget: SearchBudget,
  ) {
    this.#text = text;
    this.#values = values;
    this.#own = new Map(base.map(({ name, value }) => [name, value]));
    this.#written = written;
    this.#budget = budget;
  }

  /** The reading with the fewest departures; `undefined` where the string is none of that layout. */
  read(layout: Layout, open = closed): StringReading | undefined {
    return this.#from(layout, 0, 0, open);
  }

  /**
   * How far a layout is from the string: parts that only one of them has count, those that stand in another order, and
   * those with something else around them.
   */
  distance(layout: Layout): number {
    let distance = 0;
    let last = 0;
    for (const [name, values] of this.#values) {
      if (!layout.some((slot) => slot.name === name) && this.#isThere(values)) distance += 2;
    }
    for (const slot of layout) {
      const place = this.#placeOf(slot);
      if (!place) {
        distance += 2;
        continue;
      }
      if (!place.fits) distance++;
      if (place.start < last) distance++;
      else last = place.start;
    }
    return distance;
  }

  #isThere([own]: readonly PartValue[]): boolean {
    return own !== undefined && own.text.length >= fewestTelling && this.#occurrencesOf(own).length > 0;
  }

  /** Where a part stands first, if it can with what stands around it. */
  #placeOf(slot: Slot): { readonly start: number; readonly fits: boolean } | undefined {
    let first: number | undefined;
    for (const value of this.#valuesOf(slot)) {
      for (const at of this.#occurrencesOf(value)) {
        const start = at - slot.before.length;
        const end = at + value.text.length;
        const fits = start >= 0 && this.#text.startsWith(slot.before, start) && this.#text.startsWith(slot.after, end);
        if (fits) return { start: at, fits };
        if (value.text !== '') first ??= at;
      }
    }
    return first === undefined ? undefined : { start: first, fits: false };
  }

  #occurrencesOf(value: PartValue): readonly number[] {
    let places = this.#places.get(value);
    if (places) return places;
    places = [];
    for (let at = -1; places.length < mostPlaces;) {
      at = this.#text.indexOf(value.text, at + 1);
      if (at < 0 || at <= (places.at(-1) ?? -1) || !this.#budget.step(value.text.length)) break;
      places.push(at);
    }
    this.#places.set(value, places);
    return places;
  }

  #valuesOf(slot: Slot): readonly PartValue[] {
    // What a layout put into the place of a part has no other values.
    const values = this.#own.get(slot.name) === slot.value ? this.#values.get(slot.name) : undefined;
    return values ?? [{ text: this.#written(slot.value), cost: 0, steps: [] }];
  }

  #from(layout: Layout, index: number, start: number, open: Openness): StringReading | undefined {
    const slot = layout[index];
    if (!this.#budget.step()) return undefined;
    if (!slot) return this.#atEnd(start, open);
    if (!this.#text.startsWith(slot.before, start)) return undefined;
    const at = start + slot.before.length;
    let best: StringReading | undefined;
    for (const { text, cost, steps } of this.#valuesOf(slot)) {
      const end = at + text.length;
      if (!this.#text.startsWith(text, at) || !this.#text.startsWith(slot.after, end)) continue;
      const rest = this.#from(layout, index + 1, end + slot.after.length, open);
      if (!rest) continue;
      const known = rest.known + (text.length < fewestTelling ? 0 : 1);
      best = better(best, { ...rest, steps: [...steps, ...rest.steps], cost: cost + rest.cost, known });
    }
    if (open.unknown === 0 || (best && best.unknown.length === 0 && best.behind === '')) return best;
    for (const end of this.#endsOf(slot, at, index === layout.length - 1)) {
      const text = this.#text.slice(at, end);
      const rest = this.#from(layout, index + 1, end + slot.after.length, { ...open, unknown: open.unknown - 1 });
      if (rest) best = better(best, { ...rest, unknown: [{ slot, text }, ...rest.unknown] });
    }
    return best;
  }

  /** Where a value that nobody knows may end: before what separates it from the next part. */
  *#endsOf({ value, source, after }: Slot, start: number, isLast: boolean): Generator<number> {
    const line = this.#text.indexOf('\n', start);
    const isOneLine = source.from !== 'body' && !this.#written(value).includes('\n');
    const limit = isOneLine && line >= 0 ? line : this.#text.length;
    if (after === '') {
      if (isLast && limit > start) yield limit;
      return;
    }
    let end = start;
    for (let count = 0; count < mostEnds; count++, end++) {
      end = this.#text.indexOf(after, end);
      if (end < 0 || end > limit) return;
      if (end > start) yield end;
    }
  }

  #atEnd(start: number, { behind }: Openness): StringReading | undefined {
    const rest = this.#text.slice(start);
    if (rest !== '' && !(behind && /^[\s;,&|]/.test(rest))) return undefined;
    return { steps: [], unknown: [], behind: rest, cost: 0, known: 0 };
  }
}

/** What is left open counts for as much as two departures that have a name. */
export function departuresIn({ steps, unknown, behind }: StringReading): number {
  return steps.length + 2 * (unknown.length + (behind === '' ? 0 : 1));
}

function better(known: StringReading | undefined, other: StringReading): StringReading {
  if (!known) return other;
  const order = departuresIn(known) - departuresIn(other) || known.cost - other.cost;
  return order <= 0 ? known : other;
}
