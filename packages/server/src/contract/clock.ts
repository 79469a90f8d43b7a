/**
 * The call clock: call timers and event times. Signatures, JWTs and their freshness never use it; they are judged on the
 * wall clock, as the official SDKs judge them.
 */
export interface CallClock {
  readonly kind: 'real' | 'virtual';
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `action` once, `afterMs` from now. Returns a function that prevents it. */
  after(afterMs: number, action: () => void): () => void;
  /**
   * Tells the clock of work whose result call logic waits for (synthesis, download, a callback's answer): a virtual
   * clock does not move on while any is pending. Passes the promise through.
   */
  awaiting<T>(work: Promise<T>, about?: AwaitedWork): Promise<T>;
}

/** What is known of work that a clock awaits. */
export interface AwaitedWork {
  /** For people, when it takes too long: `synthesis of "Hello"`. */
  readonly description: string;
  /**
   * On a virtual clock, results with the same key are handed over in the order in which the work was begun, however
   * long each takes; so a run is the same every time.
   */
  readonly orderedBy?: string;
}

/** A clock that stands still until it is advanced. */
export interface VirtualClock extends CallClock {
  readonly kind: 'virtual';
  /**
   * Moves time on by `ms`: due timers run in order, and before each one, and at the end, all pending work is awaited.
   */
  advance(ms: number): Promise<void>;
  /** Waits for all pending work without moving time. */
  settle(): Promise<void>;
}
