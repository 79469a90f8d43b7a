import type { Data, Hasher } from './algorithms.ts';

/** What the web door needs of a hash function. */
export interface HashFunction {
  /** Length in bytes of the blocks that it works on. */
  readonly blockLength: number;
  create(): Hasher;
  /** Hashes `prefix`, whole blocks, once, and then whatever follows it, again and again. */
  after(prefix: Uint8Array): (data: Data) => Uint8Array;
}
