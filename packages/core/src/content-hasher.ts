import { createHasher } from '#digest';
import { streamedDigestText } from './canonical/streamed-digest.ts';
import { makeContentDigest, type ContentDigest } from './content-digest.ts';
import { digestLength, type HashAlgorithm } from './digest/algorithms.ts';

/** Hashes a body that arrives in chunks, in constant memory. */
export interface ContentHasher {
  /** @throws TypeError for what is not bytes: text, whose bytes nobody knows any more, or another view of a buffer */
  update(chunk: Uint8Array): void;
  /** Ends the computation. Put the result where a message's body stands. */
  digest(): ContentDigest;
}

/**
 * Starts the hash of a body that is not held in memory: for signing (the digest must be known before the headers go
 * out) and for verifying (the digest of what arrived).
 *
 * @param algorithm what the scheme's `contentHash.algorithm` says
 * @throws TypeError when there is no such algorithm
 */
export function contentHasher(algorithm: HashAlgorithm): ContentHasher {
  if (!Object.hasOwn(digestLength, algorithm)) {
    throw new TypeError(`algorithm must be one of ${Object.keys(digestLength).join(', ')}: a scheme names its own`);
  }
  const hasher = createHasher(algorithm);
  let length = 0;
  return {
    update(chunk) {
      if (!(chunk instanceof Uint8Array))
        throw new TypeError('a chunk of a body is bytes: read the stream without an encoding');
      length += chunk.length;
      hasher.update(chunk);
    },
    digest: () => makeContentDigest(algorithm, hasher.digest(), length, streamedDigestText),
  };
}

/** Hashes a whole stream or any other sequence of chunks. */
export async function digestStream(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  algorithm: HashAlgorithm,
): Promise<ContentDigest> {
  const hasher = contentHasher(algorithm);
  for await (const chunk of chunks) hasher.update(chunk);
  return hasher.digest();
}
