import { type Hash, createHash } from 'node:crypto';
import type { Pcm } from './pcm.ts';

/** Names a piece of audio by its content: SHA-256 over its samples (little-endian), 64 lower-case hex digits. */
export type MediaId = string;

/** Makes the name of audio that arrives piece by piece: of all pieces, one after the other. */
export class MediaIdHasher {
  readonly #hash: Hash = createHash('sha256');

  add({ buffer, byteOffset, byteLength }: Int16Array): void {
    this.#hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }

  /** The name; nothing can be added afterwards. */
  end(): MediaId {
    return this.#hash.digest('hex');
  }
}

/** The name of a piece of audio. */
export function mediaIdOf({ samples }: Pcm): MediaId {
  const hasher = new MediaIdHasher();
  hasher.add(samples);
  return hasher.end();
}
