import { without } from '../bounded/emptied.ts';
import { Fifo } from '../threads/fifo.ts';

/** Runs work one after the other under each key, and side by side across keys. Empty lanes are forgotten. */
export class Lanes {
  #lanes = new Map<string, Fifo<() => Promise<void>>>();

  /** Starts `work` at once when its lane is free, else after what came before it. `work` must not reject. */
  run(key: string, work: () => Promise<void>): void {
    const lane = this.#lanes.get(key);
    if (lane) {
      lane.push(work);
      return;
    }
    const fresh = new Fifo<() => Promise<void>>();
    this.#lanes.set(key, fresh);
    void this.#drain(key, fresh, work);
  }

  async #drain(key: string, lane: Fifo<() => Promise<void>>, first: () => Promise<void>): Promise<void> {
    for (let work: (() => Promise<void>) | undefined = first; work; work = lane.shift()) await work();
    this.#lanes = without(this.#lanes, key);
  }
}
