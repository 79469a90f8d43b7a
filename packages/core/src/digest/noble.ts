import type { CHash } from '@noble/hashes/utils.js';
import { bytesOf } from '../canonical/byte-encoding.ts';
import type { HashFunction } from './hash-function.ts';

/** A hash function of @noble/hashes for the web door. */
export function fromNoble(noble: CHash): HashFunction {
  return {
    blockLength: noble.blockLen,
    create: () => noble.create(),
    after(prefix) {
      const start = noble.create().update(prefix);
      // Copying a state into one that is used again costs less than making a new one, which short messages would feel.
      const working = start.clone();
      return (data) => {
        const digest = new Uint8Array(noble.outputLen);
        start._cloneInto(working).update(bytesOf(data)).digestInto(digest);
        return digest;
      };
    },
  };
}
