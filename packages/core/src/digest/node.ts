import { createHash, createHmac } from 'node:crypto';
import type { Data, DigestEncoding, HashAlgorithm, Hasher, Mac } from './algorithms.ts';

/** The digest of `data`. */
export function hash(algorithm: HashAlgorithm, data: Data): Uint8Array {
  return createHash(algorithm).update(data).digest();
}

/** The digest of `data` as text. */
export function hashText(algorithm: HashAlgorithm, data: Data, encoding: DigestEncoding): string {
  return createHash(algorithm).update(data).digest(encoding);
}

/** A hash that is fed in chunks. */
export function createHasher(algorithm: HashAlgorithm): Hasher {
  const state = createHash(algorithm);
  return { update: (chunk) => void state.update(chunk), digest: () => state.digest() };
}

/** HMAC under `key`. */
export function prepareMac(algorithm: HashAlgorithm, key: Uint8Array): Mac {
  return {
    algorithm,
    bytes: (data) => createHmac(algorithm, key).update(data).digest(),
    text: (data, encoding) => createHmac(algorithm, key).update(data).digest(encoding),
  };
}
