import { hash, hashText } from '#digest';
import { bytesOf } from '../../canonical/byte-encoding.ts';
import type { ValueCandidate } from './candidates.ts';
import type { BodyGroups } from './body-groups.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Slot } from '../reading/layout.ts';
import type { Detail, MistakeClass, Step, ValueMove } from './mistake-class.ts';
import { highestPairCost, MoveGroup } from './move-group.ts';
import { formValue, isOfForm, viewsOf } from './part-views.ts';
import { sameBytesKey } from '../text/visible.ts';

/** One move of a part, before equal values are folded together. */
export interface PlainValue {
  readonly value: string | Uint8Array;
  readonly cost: number;
  readonly steps: readonly Step[];
}

/** The moves of one part, by class, the more specific class first. */
export function valueGroups(
  slot: Slot,
  evidence: Evidence,
  classes: readonly MistakeClass[],
  bodies: BodyGroups,
): MoveGroup<PlainValue>[] {
  const isOfBody = isOfForm(slot) || ['body', 'body-digest', 'content-hash'].includes(slot.source.from);
  const groups = classes.map((mistake) => {
    const hasMoves = mistake.values !== undefined || (isOfBody && mistake.bodies !== undefined);
    return new MoveGroup(hasMoves ? valuesOf(mistake, slot, evidence, bodies) : undefined);
  });
  const { computed, sent } = evidence.contentHash ?? {};
  if (slot.source.from === 'content-hash' && computed !== undefined && sent !== undefined && sent !== computed) {
    // The string has the right hash and the header the wrong one: the header's own mistake says it all.
    groups.push(new MoveGroup([{ value: computed, cost: 1, steps: [] }]));
  }
  return groups;
}

function* valuesOf(mistake: MistakeClass, slot: Slot, evidence: Evidence, bodies: BodyGroups): Generator<PlainValue> {
  const own = sameBytesKey(slot.value);
  const { budget } = evidence;
  for (const { slot: seen, whole } of viewsOf(slot, evidence)) {
    // A move reads all of its part, and is made only when there is budget for that.
    const moves = (mistake.values?.(seen, evidence) ?? [])[Symbol.iterator]();
    while (budget.write(slot.value.length)) {
      const { value: move, done } = moves.next();
      if (done) break;
      const { cost, detail } = move;
      const value = whole(move.value);
      if (!budget.step(value.length)) return;
      if (sameBytesKey(value) !== own) yield new MovedValue(slot, mistake, { value, cost, detail });
    }
  }
  if (isOfForm(slot)) {
    for (const { body, cost, steps } of bodies.each(mistake)) {
      if (!budget.write(body.length)) return;
      const value = formValue(slot, evidence, body);
      if (value !== undefined && sameBytesKey(value) !== own) yield { value, cost, steps };
      // Who signs the body as it stands signs no fields.
      yield { value: body, cost: cost + 1, steps };
    }
  } else if (slot.source.from === 'body') {
    for (const { body, cost, steps } of bodies.each(mistake)) yield { value: body, cost, steps };
  } else if (slot.source.from === 'body-digest') {
    const { algorithm } = slot.source;
    for (const { body, cost, steps } of bodies.each(mistake))
      if (budget.hashBody(body.length)) yield { value: hash(algorithm, bytesOf(body)), cost, steps };
  } else if (slot.source.from === 'content-hash') {
    // Where the request carries the hash, the string to sign seldom has another one.
    const further = evidence.contentHash?.sent === undefined ? 0 : 1;
    for (const { body, cost, steps } of bodies.each(mistake)) {
      if (!budget.hashBody(body.length)) continue;
      for (const value of hashesOf(body, evidence)) if (value !== own) yield { value, cost: cost + further, steps };
    }
  }
}

/**
 * Those of a class's values that may be a text, where the class tells them without making all; `undefined` where it does
 * not, or where the part is seen as others.
 */
export function valuesLike(
  wanted: string,
  mistake: MistakeClass,
  slot: Slot,
  evidence: Evidence,
): PlainValue[] | undefined {
  if (!mistake.valuesLike || viewsOf(slot, evidence).length > 1) return undefined;
  return Array.from(mistake.valuesLike(wanted, slot, evidence), (move) => new MovedValue(slot, mistake, move));
}

/** One move's value. Of hundreds one is the answer at most, so its step is made when it is asked for. */
class MovedValue implements PlainValue {
  readonly value: string | Uint8Array;
  readonly cost: number;
  readonly #detail: Detail;
  readonly #mistake: MistakeClass;
  readonly #slot: Slot;

  constructor(slot: Slot, mistake: MistakeClass, { value, cost, detail }: ValueMove) {
    this.value = value;
    this.cost = cost;
    this.#detail = detail;
    this.#mistake = mistake;
    this.#slot = slot;
  }

  get steps(): readonly Step[] {
    const { name: part, value: expected } = this.#slot;
    return [{ mistake: this.#mistake, detail: this.#detail, part, yours: this.value, expected }];
  }
}

/** The hash of a body as it may stand in the string to sign: by the rule, and of no bytes where the rule leaves a blank. */
function hashesOf(body: string | Uint8Array, { scheme }: Evidence): string[] {
  const rule = scheme.contentHash;
  if (!rule) return [];
  const text = hashText(rule.algorithm, body, rule.encoding);
  return body.length === 0 && rule.empty === 'blank' ? ['', text] : [text];
}

/** Folds equal values into one candidate each, the more specific class first, and sorts by cost. */
export function foldValues(groups: readonly MoveGroup<PlainValue>[]): ReadonlyMap<number, readonly ValueCandidate[]> {
  const folded = new Map<
    string,
    { value: string | Uint8Array; cost: number; steps: readonly Step[]; ties: (readonly Step[])[] }
  >();
  for (const group of groups) {
    for (const { value, cost, steps } of group.all(highestPairCost)) {
      const key = sameBytesKey(value);
      const known = folded.get(key);
      if (!known) folded.set(key, { value, cost, steps, ties: [] });
      else if (!known.steps.some(({ mistake }) => mistake === steps[0]?.mistake)) known.ties.push(steps);
    }
  }
  const byCost = new Map<number, ValueCandidate[]>();
  for (const candidate of folded.values()) {
    const list = byCost.get(candidate.cost);
    if (list) list.push(candidate);
    else byCost.set(candidate.cost, [candidate]);
  }
  return byCost;
}
