import type { AwaitedWork, VirtualClock } from '../contract/clock.ts';
import { PendingWork } from './pending-work.ts';
import { type DueItem, TimerHeap } from './timer-heap.ts';

export interface VirtualClockOptions {
  /** Where the clock stands at first, milliseconds since the epoch. Default 2026-01-01T00:00:00Z. */
  readonly startAtMs?: number;
  /** How long to wait, in real milliseconds, while none of the pending work is done. Default 30 000. */
  readonly patienceMs?: number;
  /** How many pieces of work may follow from each other at one instant. Default 100 000. */
  readonly maxWorkPerInstant?: number;
  /** How many timers may run at one instant before it is taken for a loop without end. Default 100 000. */
  readonly maxTimersPerInstant?: number;
}

/** Makes a clock that stands still until it is advanced. */
export function createVirtualClock(options: VirtualClockOptions = {}): VirtualClock {
  return new SteppedClock(options);
}

interface Scheduled extends DueItem {
  readonly action: () => void;
  state: 'waiting' | 'run' | 'prevented';
}

class SteppedClock implements VirtualClock {
  readonly kind = 'virtual';
  readonly #timers = new TimerHeap<Scheduled>();
  readonly #work: PendingWork;
  readonly #maxTimersPerInstant: number;
  #nowMs: number;
  #order = 0;
  #prevented = 0;
  /** The advance under way; another one follows it. */
  #moving: Promise<void> = Promise.resolve();

  constructor(options: VirtualClockOptions) {
    this.#nowMs = options.startAtMs ?? Date.UTC(2026, 0, 1);
    this.#work = new PendingWork({
      patienceMs: options.patienceMs ?? 30_000,
      maxWorkPerInstant: options.maxWorkPerInstant ?? 100_000,
    });
    this.#maxTimersPerInstant = options.maxTimersPerInstant ?? 100_000;
  }

  now(): number {
    return this.#nowMs;
  }

  after(afterMs: number, action: () => void): () => void {
    const dueAtMs = this.#nowMs + Math.max(0, afterMs);
    const scheduled: Scheduled = { dueAtMs, order: this.#order++, action, state: 'waiting' };
    this.#timers.add(scheduled);
    return () => this.#prevent(scheduled);
  }

  awaiting<T>(work: Promise<T>, about: AwaitedWork = { description: 'work' }): Promise<T> {
    return this.#work.add(work, about);
  }

  settle(): Promise<void> {
    return this.#inTurn(() => this.#work.settled());
  }

  advance(ms: number): Promise<void> {
    if (!(ms >= 0 && Number.isFinite(ms))) {
      return Promise.reject(new RangeError(`a call clock advances by a number of milliseconds from 0, not by ${ms}`));
    }
    return this.#inTurn(() => this.#advanceTo(this.#nowMs + ms));
  }

  async #advanceTo(targetMs: number): Promise<void> {
    let timersAtInstant = 0;
    for (;;) {
      await this.#work.settled();
      const next = this.#nextDue();
      if (next === undefined || next.dueAtMs > targetMs) break;
      if (next.dueAtMs > this.#nowMs) timersAtInstant = 0;
      if (++timersAtInstant > this.#maxTimersPerInstant) {
        const at = new Date(this.#nowMs).toISOString();
        throw new Error(
          `the call clock does not get past ${at}: ${this.#maxTimersPerInstant} timers ran at that instant`,
        );
      }
      this.#timers.take();
      this.#nowMs = Math.max(this.#nowMs, next.dueAtMs);
      next.state = 'run';
      next.action();
    }
    this.#nowMs = targetMs;
  }

  #nextDue(): Scheduled | undefined {
    while (this.#timers.peek()?.state === 'prevented') {
      this.#timers.take();
      this.#prevented--;
    }
    return this.#timers.peek();
  }

  /** Prevented timers stay in the heap until their time, or until they are the greater part of it. */
  #prevent(scheduled: Scheduled): void {
    if (scheduled.state !== 'waiting') return;
    scheduled.state = 'prevented';
    if (++this.#prevented * 2 <= this.#timers.size) return;
    this.#timers.prune(({ state }) => state === 'waiting');
    this.#prevented = 0;
  }

  #inTurn(move: () => Promise<void>): Promise<void> {
    const moved = this.#moving.then(move);
    this.#moving = moved.catch(() => {});
    return moved;
  }
}
