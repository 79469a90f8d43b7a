/** Thrown when an upstream said nothing for longer than it may. */
export class UpstreamTimeout extends Error {
  override readonly message = 'the upstream was silent for too long';
}

/** The time that an upstream may be silent: one timer for a whole exchange, started anew whenever something comes. */
export class Silence {
  readonly #timer: NodeJS.Timeout;
  #onOver: () => void;
  readonly #giveUp: () => void;

  /** @param giveUp is called when nothing came for `ms` milliseconds */
  constructor(ms: number, giveUp: () => void) {
    this.#giveUp = giveUp;
    this.#onOver = giveUp;
    this.#timer = setTimeout(() => this.#onOver(), ms);
  }

  /** Something came, or is waited for again. */
  broken(): void {
    this.#onOver = this.#giveUp;
    this.#timer.refresh();
  }

  /** From now on another side is waited for. */
  waitFor(giveUpOther: () => void): void {
    this.#onOver = giveUpOther;
    this.#timer.refresh();
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
