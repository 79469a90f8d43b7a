/** One wish for a piece of work. The line is whose turn it takes in a queue: a call's id. */
export interface Asking {
  readonly line: string;
}

/** Told of changes among those who ask. */
export interface AskersListener {
  joined(asking: Asking): void;
  left(asking: Asking): void;
}

/**
 * Those who wait for one and the same piece of work. It stands in the line of each of them, and is not done any more once
 * nobody is left.
 */
export class Askers {
  readonly #present = new Set<Asking>();
  readonly #listeners = new Set<AskersListener>();

  constructor(...first: readonly Asking[]) {
    for (const asking of first) this.#present.add(asking);
  }

  get isEmpty(): boolean {
    return this.#present.size === 0;
  }

  /** The lines that the work stands in, each once. */
  get lines(): ReadonlySet<string> {
    return new Set(Array.from(this.#present, ({ line }) => line));
  }

  join(asking: Asking): void {
    if (this.#present.has(asking)) return;
    this.#present.add(asking);
    for (const listener of this.#listeners) listener.joined(asking);
  }

  leave(asking: Asking): void {
    if (!this.#present.delete(asking)) return;
    for (const listener of this.#listeners) listener.left(asking);
  }

  /** Hears of changes from now on. Returns a function that stops it. */
  follow(listener: AskersListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
