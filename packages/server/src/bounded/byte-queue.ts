import type { ByteBudget } from './byte-budget.ts';

/** Bytes are kept in chunks of this size, however small the pieces are that come. Even: samples have two bytes. */
const chunkBytes = 16 * 1024;

interface Chunk {
  readonly bytes: Uint8Array;
  /** What has been taken, and what has been filled. */
  from: number;
  to: number;
}

/**
 * Bytes in the order in which they came, in chunks that many queues share the room for. When there is none left, or a
 * queue has as much as it may, its own oldest go; one that has nothing then gets nothing.
 */
export class ByteQueue {
  readonly #room: ByteBudget;
  readonly #maxChunks: number;
  /** From `#first` on: taking from the front of a long array would move all of it. */
  #chunks: Chunk[] = [];
  #first = 0;
  #length = 0;

  /** @param maxBytes the most that this queue keeps, in whole chunks */
  constructor(room: ByteBudget, maxBytes: number) {
    this.#room = room;
    this.#maxChunks = Math.max(1, Math.floor(maxBytes / chunkBytes));
  }

  /** How many bytes wait. */
  get length(): number {
    return this.#length;
  }

  /** Copies bytes to the end. */
  push(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const chunk = this.#roomAtEnd();
      if (!chunk) return;
      const part = bytes.subarray(at, at + chunkBytes - chunk.to);
      chunk.bytes.set(part, chunk.to);
      chunk.to += part.length;
      this.#length += part.length;
      at += part.length;
    }
  }

  /** Takes bytes from the front: as many as are asked for, if there are so many. */
  take(length: number): Uint8Array {
    const taken = new Uint8Array(Math.min(length, this.#length));
    for (let at = 0; at < taken.length;) {
      const chunk = this.#chunks[this.#first] as Chunk;
      const part = chunk.bytes.subarray(chunk.from, Math.min(chunk.to, chunk.from + taken.length - at));
      taken.set(part, at);
      at += part.length;
      chunk.from += part.length;
      this.#length -= part.length;
      if (chunk.from === chunk.to) this.#dropFirst();
    }
    return taken;
  }

  /** Forgets everything. */
  clear(): void {
    while (this.#count > 0) this.#dropFirst();
  }

  get #count(): number {
    return this.#chunks.length - this.#first;
  }

  /** The last chunk, if it has room, or a new one. */
  #roomAtEnd(): Chunk | undefined {
    const last = this.#count > 0 ? this.#chunks.at(-1) : undefined;
    if (last && last.to < chunkBytes) return last;
    if (this.#count >= this.#maxChunks) this.#dropFirst();
    if (!this.#room.take(chunkBytes)) {
      if (this.#count === 0) return undefined;
      this.#dropFirst();
      // Cannot fail: as many bytes were just given back.
      this.#room.take(chunkBytes);
    }
    const chunk = { bytes: new Uint8Array(chunkBytes), from: 0, to: 0 };
    this.#chunks.push(chunk);
    return chunk;
  }

  #dropFirst(): void {
    const chunk = this.#chunks[this.#first++] as Chunk;
    this.#length -= chunk.to - chunk.from;
    this.#room.giveBack(chunkBytes);
    if (this.#first * 2 > this.#chunks.length) {
      this.#chunks = this.#chunks.slice(this.#first);
      this.#first = 0;
    }
  }
}
