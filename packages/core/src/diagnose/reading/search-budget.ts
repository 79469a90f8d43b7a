import type { DiagnosisBudget } from '../diagnosis.ts';

/** What ended a search, or left something out of it. */
export type Bound = 'candidates' | 'bytes' | 'time';

const usualMs = 10_000;
/** The work that is reckoned for a millisecond; an ordinary machine does several times as much. */
const candidatesPerMs = 100;
const bytesPerMs = 50_000;
/** How many times its reckoned time a search may take by the clock: only a machine that is hardly there gets so far. */
const patience = 6;
/** However small the budget, the clock leaves code that has not run before the time to get warm on a busy machine. */
const leastMs = 10_000;
/** A byte that is written again (escaped, encoded, rendered as JSON, kept) takes as long as this many that are hashed. */
const writtenWeight = 4;
/** Bodies take no more than this share of the bytes: the signature has to be searched as well. */
const bodyShare = 0.75;
/** Work between two looks at the clock, which cost as much as a good part of an HMAC. */
const bytesBetweenLooks = 65_536;
/** What a candidate or a step adds to that, whatever its length. */
const lookBytes = 1024;
/** What a step costs at least: there may be very many of nothing. */
const stepBytes = 32;

/**
 * How much a search may cost, and which share of it is this worker's. It is spent in work, candidates and bytes, before
 * the work is done: the same request gets the same answer however busy the machine is. The clock is the last guard.
 */
export class SearchBudget {
  /** How many mistakes at once are searched for. */
  readonly mistakes: 1 | 2;
  readonly #deadlineMs: number;
  readonly #candidates: number;
  readonly #bytes: number;
  readonly #index: number;
  readonly #count: number;
  #turn = 0;
  #unlooked = 0;
  #tried = 0;
  #used = 0;
  #usedForBodies = 0;
  #endedBy: Bound | undefined;
  #leftOut = false;

  constructor(startedMs: number, budget: DiagnosisBudget, shard?: { index: number; count: number }) {
    const ms = budget.ms ?? usualMs;
    this.mistakes = budget.mistakes ?? 2;
    this.#deadlineMs = startedMs + Math.max(ms * patience, leastMs);
    this.#candidates = budget.candidates ?? ms * candidatesPerMs;
    this.#bytes = budget.bytes ?? ms * bytesPerMs;
    this.#index = shard?.index ?? 0;
    this.#count = shard?.count ?? 1;
  }

  /** Signatures computed so far. */
  get tried(): number {
    return this.#tried;
  }

  /** Bytes of work that the search may take. */
  get bytes(): number {
    return this.#bytes;
  }

  get candidates(): number {
    return this.#candidates;
  }

  get spent(): boolean {
    return this.#endedBy !== undefined;
  }

  /** What ended the search; `undefined` while nothing did. */
  get endedBy(): Bound | undefined {
    return this.#endedBy;
  }

  /** Whether a body's variants, or other long texts, were left out because of their size. */
  get leftOut(): boolean {
    return this.#leftOut;
  }

  /** Counts one candidate and the bytes that go into its MAC; false when there is no budget left for it. */
  spend(bytes: number): boolean {
    if (this.#tried >= this.#candidates) this.#endedBy ??= 'candidates';
    if (!this.#take(bytes)) return false;
    this.#tried++;
    return true;
  }

  /** Counts a candidate that is tried whatever is left. */
  count(bytes: number): void {
    this.#tried++;
    this.#used += bytes;
  }

  /** Takes the bytes that a step other than a candidate goes over; false when there is no budget left for it. */
  step(bytes = 0): boolean {
    return this.#take(bytes + stepBytes);
  }

  /** Takes what it costs to write so many bytes again, of a part or a layout; false when there is no budget for it. */
  write(bytes: number): boolean {
    return this.#take(bytes * writtenWeight + stepBytes);
  }

  /**
   * Whether another body of so many bytes may still be made. Bodies have a share of the budget; when it is used up, the
   * search goes on without them.
   */
  affordsBody(bytes: number): boolean {
    if (this.spent) return false;
    if (this.#usedForBodies + bytes * writtenWeight <= this.#bytes * bodyShare) return true;
    this.#leftOut = true;
    return false;
  }

  /** Takes what it cost to make a body of so many bytes. */
  wroteBody(bytes: number): void {
    this.#usedForBodies += bytes * writtenWeight;
    this.#take(bytes * writtenWeight);
  }

  /** Takes what it costs to hash a body of so many bytes; false when the bodies' share has no room for it. */
  hashBody(bytes: number): boolean {
    if (this.#usedForBodies + bytes > this.#bytes * bodyShare) {
      this.#leftOut = true;
      return false;
    }
    this.#usedForBodies += bytes;
    return this.#take(bytes);
  }

  /** Whether the next piece of work is this worker's. */
  mine(): boolean {
    return this.#turn++ % this.#count === this.#index;
  }

  #take(bytes: number): boolean {
    if (this.#endedBy !== undefined) return false;
    if (this.#used + bytes > this.#bytes) {
      this.#endedBy = 'bytes';
      return false;
    }
    this.#used += bytes;
    this.#unlooked += bytes + lookBytes;
    if (this.#unlooked < bytesBetweenLooks) return true;
    this.#unlooked = 0;
    if (performance.now() <= this.#deadlineMs) return true;
    this.#endedBy = 'time';
    return false;
  }
}
