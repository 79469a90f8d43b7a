import type { Call, CallId } from './call.ts';
import type { CallEvent, CallFact } from './event.ts';
import { evolve } from './evolve.ts';

/** What a decision may know besides the call and the command. */
export interface DecisionContext {
  /** The call's id, which a call has before it is opened. */
  readonly id: CallId;
  /** Call-clock time of the decision, milliseconds since the epoch. */
  readonly atMs: number;
  /** A fresh identifier, unique within the call. */
  readonly newId: () => string;
}

/** Something that happened, and the call as it is after it. */
export interface Occurrence {
  readonly event: CallEvent;
  readonly call: Call;
}

/**
 * A decision while it is made: every fact is folded into the call as soon as it is noted, so that the next step of the
 * same decision sees its consequences. It lives for one `decide` and is thrown away; seen from outside, `decide` is pure.
 */
export class Draft {
  readonly #occurrences: Occurrence[] = [];
  readonly context: DecisionContext;
  #call: Call;

  constructor(call: Call, context: DecisionContext) {
    this.#call = call;
    this.context = context;
  }

  /** The draft of a call that does not exist yet, with its first fact recorded. */
  static opening(opened: Extract<CallFact, { type: 'call-opened' }>, context: DecisionContext): Draft {
    const event = { call: context.id, seq: 1, atMs: context.atMs, ...opened };
    const draft = new Draft(evolve(undefined, event), context);
    draft.#occurrences.push({ event, call: draft.call });
    return draft;
  }

  /** The call as it is after the facts recorded so far. */
  get call(): Call {
    return this.#call;
  }

  /** What was recorded so far, in order. */
  get occurrences(): readonly Occurrence[] {
    return this.#occurrences;
  }

  /** The events that were recorded from a place on. */
  eventsFrom(place: number): CallEvent[] {
    const events: CallEvent[] = [];
    for (let at = place; at < this.#occurrences.length; at += 1)
      events.push((this.#occurrences[at] as Occurrence).event);
    return events;
  }

  get atMs(): number {
    return this.context.atMs;
  }

  /** Records a fact. */
  record(fact: CallFact): void {
    const { id, atMs } = this.context;
    // The fact's members last: V8 copies objects of many shapes much faster so than the other way round.
    const event: CallEvent = { call: id, seq: this.#call.version + 1, atMs, ...fact };
    this.#call = evolve(this.#call, event);
    this.#occurrences.push({ event, call: this.#call });
  }
}
