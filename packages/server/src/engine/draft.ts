import { extend } from './copies.ts';
import type { Call } from './call.ts';
import type { CallFact } from './event.ts';
import { evolve } from './evolve.ts';

/** What a decision may know besides the call and the command. */
export interface DecisionContext {
  /** Call-clock time of the decision, milliseconds since the epoch. */
  readonly atMs: number;
  /** A fresh identifier, unique within the call. */
  readonly newId: () => string;
}

/**
 * A decision while it is made: every fact is folded into the call as soon as it is noted, so that the next step of the
 * same decision sees its consequences. It lives for one `decide` and is thrown away; seen from outside, `decide` is pure.
 */
export class Draft {
  readonly #facts: CallFact[] = [];
  readonly context: DecisionContext;
  #call: Call;

  constructor(call: Call, context: DecisionContext) {
    this.#call = call;
    this.context = context;
  }

  /** The draft of a call that does not exist yet, with its first fact noted. No fact carries the call's id. */
  static opening(opened: Extract<CallFact, { type: 'call-opened' }>, context: DecisionContext): Draft {
    const draft = new Draft(evolve(undefined, extend(opened, { call: '', seq: 1, atMs: context.atMs })), context);
    draft.#facts.push(opened);
    return draft;
  }

  /** The call as it is after the facts noted so far. */
  get call(): Call {
    return this.#call;
  }

  /** The facts noted so far, in order. */
  get facts(): readonly CallFact[] {
    return this.#facts;
  }

  get atMs(): number {
    return this.context.atMs;
  }

  /** Notes a fact. */
  note(fact: CallFact): void {
    this.#facts.push(fact);
    const { id: call, version } = this.#call;
    this.#call = evolve(this.#call, extend(fact, { call, seq: version + 1, atMs: this.context.atMs }));
  }
}
