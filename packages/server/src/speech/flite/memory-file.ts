/** A file in memory that grows as it is written; emptied, it keeps its room for the next. */
export class MemoryFile {
  #bytes = new Uint8Array(64 * 1024);
  #length = 0;
  position = 0;

  get length(): number {
    return this.#length;
  }

  empty(): void {
    this.#bytes.fill(0, 0, this.#length);
    this.#length = 0;
    this.position = 0;
  }

  write(chunk: Uint8Array): void {
    const end = this.position + chunk.length;
    if (end > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(end, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(chunk, this.position);
    this.position = end;
    this.#length = Math.max(this.#length, end);
  }

  /** What was written so far; a view, which later writing may change. */
  contents(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }
}
