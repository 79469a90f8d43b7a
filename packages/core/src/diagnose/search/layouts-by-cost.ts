import type { Data } from '../../digest/algorithms.ts';
import { longBytes, type Evidence } from '../reading/evidence.ts';
import { joinLayout, type Layout } from '../reading/layout.ts';
import { sameBytesKey } from '../text/visible.ts';
import { joinCandidate, type LayoutCandidate } from './candidates.ts';
import type { LayoutMove, MistakeClass, Step } from './mistake-class.ts';

/** One class's move of a layout, before equal strings are folded together. */
interface Moved {
  readonly mistake: MistakeClass;
  readonly move: LayoutMove;
}

const all = Number.POSITIVE_INFINITY;
/** What it costs to look at a part of a layout, in bytes that are hashed. */
const slotBytes = 32;

/**
 * The other ways to put the parts together. Strings are made of them as far as a search asks for them, because most
 * searches end with the usual ones; equal strings are one candidate.
 */
export class LayoutsByCost {
  readonly #base: Layout;
  readonly #expected: Data;
  readonly #evidence: Evidence;
  readonly #classes: readonly MistakeClass[];
  readonly #known = new Map<string, LayoutCandidate>();
  #moves: readonly Moved[] | undefined;
  #madeUpTo = -1;
  #list: readonly LayoutCandidate[] = [];

  constructor(evidence: Evidence, classes: readonly MistakeClass[]) {
    this.#base = evidence.layout;
    this.#expected = joinLayout(evidence.layout);
    this.#evidence = evidence;
    this.#classes = classes;
  }

  /** How many were made so far. */
  get made(): number {
    return this.#list.length;
  }

  /** Those that cost at most so much, and those made before, cheapest first. What else gives their strings is known with all. */
  upTo(cost = all): readonly LayoutCandidate[] {
    if (cost > this.#madeUpTo) {
      const wanted = this.#everyMove().filter(({ move }) => move.cost > this.#madeUpTo && move.cost <= cost);
      this.#madeUpTo = cost;
      const made = wanted
        .toSorted((left, right) => left.move.cost - right.move.cost)
        .flatMap((moved) => this.#candidateOf(moved) ?? []);
      this.#list = [...this.#list, ...made];
    }
    return this.#list;
  }

  /**
   * The ways to a string, by its bytes' key: the likeliest one, and those of other classes. Asked for one string, the others
   * are told apart by their length and not made.
   */
  giving(key: string): (readonly Step[])[] {
    if (key === sameBytesKey(this.#expected)) return [];
    const known = this.#madeUpTo === all ? this.#known.get(key) : undefined;
    if (known || this.#madeUpTo === all) return known ? [known.steps, ...known.ties] : [];
    const same = this.#everyMove()
      .filter(({ move }) => mayGive(move, key) && sameBytesKey(joinCandidate(move)) === key)
      .toSorted((left, right) => left.move.cost - right.move.cost);
    const [likeliest, ...others] = same;
    if (!likeliest) return [];
    const ties = others.filter(({ mistake }) => mistake !== likeliest.mistake);
    return [likeliest, ...ties].map((moved) => this.#stepsOf(moved));
  }

  /** The candidate of a string that was not known; another class's way to a known one is a tie. */
  #candidateOf(moved: Moved): LayoutCandidate | undefined {
    const { mistake, move } = moved;
    const { layout, cost, encode } = move;
    const yours = joinCandidate(move);
    const key = sameBytesKey(yours);
    if (key === sameBytesKey(this.#expected)) return undefined;
    const known = this.#known.get(key);
    if (known) {
      if (known.steps[0]?.mistake !== mistake) known.ties.push(this.#stepsOf(moved, yours));
      return undefined;
    }
    const steps = this.#stepsOf(moved, yours);
    const candidate: LayoutCandidate = { layout, cost, steps, ties: [], ...(encode && { encode }) };
    this.#known.set(key, candidate);
    return candidate;
  }

  #stepsOf({ mistake, move }: Moved, yours = joinCandidate(move)): readonly Step[] {
    return [{ mistake, detail: move.detail, part: 'string-to-sign', yours, expected: this.#expected }];
  }

  #everyMove(): readonly Moved[] {
    return (this.#moves ??= [...this.#movesOf()]);
  }

  *#movesOf(): Generator<Moved> {
    const { budget } = this.#evidence;
    for (const mistake of this.#classes) {
      for (const move of mistake.layouts?.(this.#base, this.#evidence) ?? []) {
        // Each is kept, and a long one takes the memory and the time of another body.
        const length = lengthOf(move.layout);
        const partsLength = move.layout.length * slotBytes;
        if (length <= longBytes) {
          if (!budget.step(length + partsLength)) break;
        } else if (budget.affordsBody(length)) {
          budget.wroteBody(length);
        } else {
          // Of many parts there are very many orders, which are made before they are left out.
          if (!budget.step(partsLength)) break;
          continue;
        }
        yield { mistake, move };
      }
    }
  }
}

/** Whether the move's string may have these bytes: as text it has as many characters, and any other may have any. */
function mayGive({ layout, encode }: LayoutMove, key: string): boolean {
  return (
    encode !== undefined || lengthOf(layout) === key.length || layout.some(({ value }) => typeof value !== 'string')
  );
}

function lengthOf(layout: Layout): number {
  let length = 0;
  for (const { before, value, after } of layout) length += before.length + value.length + after.length;
  return length;
}
