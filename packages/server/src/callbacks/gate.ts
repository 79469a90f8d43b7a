import { without } from '../bounded/emptied.ts';

/**
 * Lets so many through at a time for each key, in the order in which they came. Keys that nobody uses are forgotten.
 */
export class Gate {
  readonly #limit: number;
  #doors = new Map<string, { inside: number; readonly waiting: Queue<() => void> }>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Runs `work` once there is room under this key. */
  async pass<T>(key: string, work: () => Promise<T>): Promise<T> {
    const door = this.#doors.get(key) ?? { inside: 0, waiting: new Queue<() => void>() };
    this.#doors.set(key, door);
    if (door.inside >= this.#limit) await new Promise<void>((resolve) => door.waiting.push(resolve));
    else door.inside += 1;
    try {
      return await work();
    } finally {
      const next = door.waiting.shift();
      // The place is handed on, so that nobody who comes in between can take it.
      if (next) next();
      else if (--door.inside === 0) this.#doors = without(this.#doors, key);
    }
  }
}

/** First in, first out, in constant time. */
export class Queue<T> {
  #incoming: T[] = [];
  #outgoing: T[] = [];

  get size(): number {
    return this.#incoming.length + this.#outgoing.length;
  }

  push(item: T): void {
    this.#incoming.push(item);
  }

  shift(): T | undefined {
    if (this.#outgoing.length === 0) {
      this.#outgoing = this.#incoming.toReversed();
      this.#incoming = [];
    }
    return this.#outgoing.pop();
  }
}
