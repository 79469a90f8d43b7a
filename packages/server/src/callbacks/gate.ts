import { without } from '../bounded/emptied.ts';
import { Fifo } from '../threads/fifo.ts';

/** What came of work that had a place. */
export interface Passed {
  /** Whether it was done when the place was given back. */
  readonly isDone: boolean;
}

/** How somebody waits for a place. */
export interface Waiting {
  /** Before all who do not go first, and after all who came before and do. */
  readonly goesFirst: boolean;
  /** Told when for so many milliseconds nobody's work was done behind the door: the wait may have no end. */
  readonly onQuiet: () => void;
  /** Without it, never. */
  readonly quietMs: number | undefined;
}

interface Door {
  inside: number;
  readonly waiting: Fifo<() => void>;
  /** Those who go first; most doors never have one. */
  first?: Fifo<() => void>;
  /** When work was done last, as `performance.now()` tells time. */
  doneAtMs: number;
}

/**
 * Lets so many through at a time for each key, in the order in which they came, but for those who go first. Keys that
 * nobody uses are forgotten.
 */
export class Gate {
  readonly #limit: number;
  #doors = new Map<string, Door>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Runs `work` once there is room under this key. */
  async pass<T extends Passed>(key: string, work: () => Promise<T>, how: Waiting): Promise<T> {
    const door = this.#doors.get(key) ?? { inside: 0, waiting: new Fifo<() => void>(), doneAtMs: 0 };
    this.#doors.set(key, door);
    if (door.inside >= this.#limit) await placeAt(door, how);
    else door.inside += 1;
    try {
      const passed = await work();
      if (passed.isDone) door.doneAtMs = performance.now();
      return passed;
    } finally {
      const next = door.first?.shift() ?? door.waiting.shift();
      // The place is handed on, so that nobody who comes in between can take it.
      if (next) next();
      else if (--door.inside === 0) this.#doors = without(this.#doors, key);
    }
  }
}

/** Resolves when a place is free, and its turn has come. */
function placeAt(door: Door, { goesFirst, quietMs, onQuiet }: Waiting): Promise<void> {
  const queue = goesFirst ? (door.first ??= new Fifo<() => void>()) : door.waiting;
  return new Promise((resolve) => {
    const timer = quietMs === undefined ? undefined : whenQuiet(door, quietMs, onQuiet);
    queue.push(() => {
      timer?.cancel();
      resolve();
    });
  });
}

/** Waits until for so long nothing was done: from now, or from when something was done last. */
function whenQuiet(door: Door, ms: number, tell: () => void): { cancel(): void } {
  let from = performance.now();
  const look = (): void => {
    const laterMs = door.doneAtMs - from;
    if (laterMs <= 0) return tell();
    from += laterMs;
    timer = setTimeout(look, laterMs);
  };
  let timer = setTimeout(look, ms);
  return { cancel: () => clearTimeout(timer) };
}
