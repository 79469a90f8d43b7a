import type { Data } from '../../digest/algorithms.ts';
import type { Evidence } from '../reading/evidence.ts';
import { around, putBetween, type Layout, type Slot } from '../reading/layout.ts';
import { standsBetween } from '../text/stands-around.ts';
import { sameBytesKey } from '../text/visible.ts';
import { joinCandidate, type LayoutCandidate, type ValueCandidate } from './candidates.ts';
import type { MistakeClass, Step } from './mistake-class.ts';
import type { MoveGroup } from './move-group.ts';
import type { MoveLists } from './move-lists.ts';
import { valuesLike, type PlainValue } from './value-groups.ts';

/** The other explanations of a string that was found: each a list of steps that gives the very same bytes. */
export class Ties {
  readonly #evidence: Evidence;
  readonly #classes: readonly MistakeClass[];
  readonly #moves: MoveLists;
  readonly #base: Layout;

  constructor(evidence: Evidence, classes: readonly MistakeClass[], moves: MoveLists) {
    this.#evidence = evidence;
    this.#classes = classes;
    this.#moves = moves;
    this.#base = evidence.layout;
  }

  /** By other classes: the same value of the same part, or the same string by another layout. */
  ofValue(slot: Slot, value: Data, found: MoveGroup<PlainValue>): (readonly Step[])[] {
    const ties = this.#moves
      .groupsOf(slot.name)
      .flatMap((group, at) => (group === found ? [] : this.#giving(value, slot, group, at)));
    // All layouts of a long string would take as long as the search.
    if (this.#evidence.isStringLong) return ties;
    const place = around(this.#base, slot.name);
    return place ? [...ties, ...this.#moves.layoutsGiving(sameBytesKey(putBetween(place, value)))] : ties;
  }

  /** Of the string of a layout by another class's layout, and by another value of one part. */
  ofLayout(candidate: LayoutCandidate): (readonly Step[])[] {
    const joined = joinCandidate(candidate);
    // What else gives this string may cost more, and the first is the candidate itself.
    const laidOut = this.#moves.layoutsGiving(sameBytesKey(joined)).slice(1);
    const ofParts = this.#base.flatMap((slot) => {
      const place = around(this.#base, slot.name);
      const groups = place ? this.#moves.groupsOf(slot.name) : [];
      // Most layouts change what stands around a part, so no value of it gives their bytes: none is made to learn that.
      const value = place && standsBetween(joined, place.head, place.tail);
      return groups.flatMap((group, at) => {
        if (!this.#evidence.budget.step(joined.length) || value === undefined) return [];
        return this.#giving(value, slot, group, at);
      });
    });
    return [...laidOut, ...ofParts];
  }

  /** Of a string of two values by one of them and a layout: what ends the last part may as well end the string. */
  ofValueAndLayout(data: Data, kept: ValueCandidate): (readonly Step[])[] {
    const part = kept.steps[0]?.part;
    if (this.#evidence.isStringLong || part === undefined) return [];
    const whole = sameBytesKey(data);
    const own = this.#base.find(({ name }) => name === part);
    return this.#moves.layoutList().flatMap(({ layout, encode, steps }) => {
      if (encode || layout.find(({ name }) => name === part)?.value !== own?.value) return [];
      const place = around(layout, part);
      const isSame = place && sameBytesKey(putBetween(place, kept.value)) === whole;
      return isSame ? [[...kept.steps, ...steps]] : [];
    });
  }

  /** Of a string by two layout mistakes of this cost together. */
  ofTwoLayouts(data: Data, cost: number): (readonly Step[])[] {
    if (this.#evidence.isStringLong) return [];
    const whole = sameBytesKey(data);
    const same = this.#moves.twiceLaidOut(cost).filter((laidOut) => sameBytesKey(laidOut.data) === whole);
    return same.map(({ steps }) => steps);
  }

  /** The steps of one class's moves that give a part this value. */
  #giving(value: Data, slot: Slot, group: MoveGroup<PlainValue>, at: number): (readonly Step[])[] {
    const key = sameBytesKey(value);
    const mistake = this.#classes[at];
    const like = (): Iterable<PlainValue> | undefined => mistake && valuesLike(key, mistake, slot, this.#evidence);
    const moves = this.#isMadeForTies(slot, mistake) ? (like() ?? group.all()) : group.made;
    return [...moves].filter((move) => sameBytesKey(move.value) === key).map(({ steps }) => steps);
  }

  /** Whether a class's moves are made only to see whether one of them gives the same bytes. */
  #isMadeForTies({ source: { from } }: Slot, mistake: MistakeClass | undefined): boolean {
    const { isLong, isStringLong } = this.#evidence;
    return !mistake?.manifold && !(from === 'content-hash' ? isLong : isStringLong);
  }
}
