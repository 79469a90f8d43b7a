/** Samples that wait, first in, first out. Taking some costs as much as they are, however many wait. */
export class SampleQueue {
  /** From `#first` on: taking from the front of a long array would move all of it. */
  #parts: Float32Array[] = [];
  #first = 0;
  #length = 0;

  /** How many samples wait. */
  get length(): number {
    return this.#length;
  }

  push(samples: Float32Array): void {
    if (samples.length === 0) return;
    this.#parts.push(samples);
    this.#length += samples.length;
  }

  /** Takes the first samples: so many, or as many as there are. */
  take(count: number): Float32Array {
    const taken = new Float32Array(Math.min(count, this.#length));
    for (let at = 0; at < taken.length;) {
      const part = this.#parts[this.#first] ?? taken;
      const some = part.subarray(0, taken.length - at);
      taken.set(some, at);
      at += some.length;
      if (some.length === part.length) this.#dropPart();
      else this.#parts[this.#first] = part.subarray(some.length);
    }
    this.#length -= taken.length;
    return taken;
  }

  /** Drops the oldest pieces, as they were pushed, until no more than so many samples wait. */
  dropBeyond(most: number): void {
    while (this.#length > most) {
      this.#length -= this.#parts[this.#first]?.length ?? 0;
      this.#dropPart();
    }
  }

  clear(): void {
    this.#parts = [];
    this.#first = 0;
    this.#length = 0;
  }

  #dropPart(): void {
    this.#first += 1;
    if (this.#first * 2 <= this.#parts.length) return;
    this.#parts = this.#parts.slice(this.#first);
    this.#first = 0;
  }
}
