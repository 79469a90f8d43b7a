import { bytesOf } from '../../canonical/byte-encoding.ts';
import { jsonOf, type Evidence } from '../reading/evidence.ts';
import { highestPairCost, MoveGroup } from './move-group.ts';
import type { BodyMove, MistakeClass, Step } from './mistake-class.ts';
import { sameBytesKey, textOf } from '../text/visible.ts';

/** Another body, and what was done to the one that was sent. */
export interface BodyCandidate {
  readonly body: string | Uint8Array;
  readonly cost: number;
  readonly steps: readonly Step[];
}

/** The bodies that may have been hashed instead, made once for everything that asks. */
export class BodyGroups {
  readonly #groups: ReadonlyMap<MistakeClass, MoveGroup<BodyCandidate>>;
  readonly #evidence: Evidence;
  readonly #classes: readonly MistakeClass[];

  constructor(evidence: Evidence, classes: readonly MistakeClass[]) {
    this.#evidence = evidence;
    this.#classes = classes.filter(({ bodies }) => bodies !== undefined);
    this.#groups = new Map(this.#classes.map((mistake) => [mistake, new MoveGroup(bodiesOf(mistake, evidence))]));
  }

  /** The classes that move the body, the more specific first. */
  get classes(): readonly MistakeClass[] {
    return this.#classes;
  }

  /** One class's bodies, made as they are asked for. */
  each(mistake: MistakeClass): Iterable<BodyCandidate> {
    return this.#groups.get(mistake)?.each() ?? [];
  }

  /** Those of one class that were made so far. */
  made(mistake: MistakeClass): readonly BodyCandidate[] {
    return this.#groups.get(mistake)?.made ?? [];
  }

  all(mistake: MistakeClass): readonly BodyCandidate[] {
    return this.#groups.get(mistake)?.all() ?? [];
  }

  /** Those not handed out yet, up to a cost, and `atMost` so many. */
  next(mistake: MistakeClass, cost: number, atMost: number): Iterable<BodyCandidate> {
    return this.#groups.get(mistake)?.next(cost, atMost) ?? [];
  }

  /**
   * Two body mistakes one after the other, both usual ones: a change of the content (another rendering, a placeholder, a
   * part), then of its bytes (charset, line ends, transport), and a placeholder in a body that was rendered again.
   */
  *pairs(): Generator<BodyCandidate> {
    const seen = new Set<string>();
    const { budget } = this.#evidence;
    for (const mistake of this.#classes) {
      for (const outer of this.all(mistake)) {
        if (outer.cost > 1 || outer.body.length === 0) continue;
        if (!budget.affordsBody(outer.body.length)) continue;
        const body = bytesOf(outer.body);
        const bodyText = textOf(body);
        const inner: Evidence = { ...this.#evidence, body, bodyText, bodyJson: jsonOf(bodyText, budget) };
        for (const second of this.#classes) {
          if (second === mistake || !follows(mistake, second)) continue;
          for (const move of bodiesOf(second, inner)) {
            // Renderings come with the usual ones first, and the others are too many.
            if (move.cost > 1 && second.usualBodiesFirst) break;
            if (move.cost > 1) continue;
            const key = sameBytesKey(move.body);
            if (seen.has(key)) continue;
            seen.add(key);
            yield { body: move.body, cost: outer.cost + move.cost, steps: [...outer.steps, ...move.steps] };
          }
        }
      }
    }
  }
}

/** Whether a second body mistake makes sense on top of a first. */
function follows(first: MistakeClass, { stacksOn = [] }: MistakeClass): boolean {
  return stacksOn === 'any' || stacksOn.includes(first.id);
}

function* bodiesOf(mistake: MistakeClass, evidence: Evidence): Generator<BodyCandidate> {
  const { body, bodyText, budget } = evidence;
  if (!body || !mistake.bodies) return;
  const expected = bodyText ?? body;
  const own = sameBytesKey(expected);
  const seen = new Set([own]);
  // The next body is only made when there is room for one as long as the one that was sent.
  const likelyLength = mistake.bodiesAreShort ? 0 : body.length;
  const moves = mistake.bodies(body, bodyText, evidence)[Symbol.iterator]();
  while (budget.affordsBody(likelyLength)) {
    const { value: move, done } = moves.next();
    if (done) return;
    // What a class would change is often not there, and nothing was written.
    if (move.body === expected) {
      if (!budget.step(move.body.length)) return;
      continue;
    }
    budget.wroteBody(move.body.length);
    // Of the far-fetched ones, which are very many, a few are equal: to know them takes longer than to try them again.
    if (move.cost <= highestPairCost) {
      const key = sameBytesKey(move.body);
      if (seen.has(key)) continue;
      seen.add(key);
    }
    yield new MovedBody(mistake, move, expected);
  }
}

/** One move's body. Of thousands one is the answer at most, so its step is made when it is asked for. */
class MovedBody implements BodyCandidate {
  readonly #mistake: MistakeClass;
  readonly #move: BodyMove;
  readonly #expected: string | Uint8Array;

  constructor(mistake: MistakeClass, move: BodyMove, expected: string | Uint8Array) {
    this.#mistake = mistake;
    this.#move = move;
    this.#expected = expected;
  }

  get body(): string | Uint8Array {
    return this.#move.body;
  }

  get cost(): number {
    return this.#move.cost;
  }

  get steps(): readonly Step[] {
    const { body, detail } = this.#move;
    return [{ mistake: this.#mistake, detail, part: 'body', yours: body, expected: this.#expected }];
  }
}
