import type { Askers } from './askers.ts';
import { FairQueue } from './fair-queue.ts';

/** Lets so many pieces of work in at a time; the rest wait, and those who ask take turns. */
export class FairGate {
  readonly #atOnce: number;
  readonly #waiting = new FairQueue<() => void>();
  #inside = 0;

  constructor(atOnce: number) {
    this.#atOnce = atOnce;
  }

  /**
   * Runs work when its turn has come.
   *
   * @param askers for whom; if nobody is left before its turn, it is not done
   * @returns what the work comes to; `undefined` if it was not done
   */
  async run<Result>(askers: Askers, work: () => Promise<Result>): Promise<Result | undefined> {
    if (askers.isEmpty || !(await this.#enter(askers))) return undefined;
    try {
      return await work();
    } finally {
      this.#inside--;
      this.#letIn();
    }
  }

  #enter(askers: Askers): Promise<boolean> {
    return new Promise((resolve) => {
      const place = this.#waiting.add(() => {
        unfollow();
        resolve(true);
      }, askers.lines);
      const unfollow = askers.follow({
        joined: ({ line }) => this.#waiting.join(place, line),
        left: ({ line }) => {
          if (askers.lines.has(line) || !this.#waiting.leave(place, line)) return;
          unfollow();
          resolve(false);
        },
      });
      this.#letIn();
    });
  }

  #letIn(): void {
    while (this.#inside < this.#atOnce) {
      const enter = this.#waiting.take();
      if (enter === undefined) return;
      this.#inside++;
      enter();
    }
  }
}
