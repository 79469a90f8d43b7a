import { hmac } from '@noble/hashes/hmac.js';
import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { encodeBytes } from '../canonical/byte-encoding.ts';
import type { Data, DigestEncoding, HashAlgorithm, Hasher, Mac } from './algorithms.ts';

const algorithms = { md5, sha1, sha256, sha512 } as const;
const utf8 = new TextEncoder();
const toBytes = (data: Data): Uint8Array => (typeof data === 'string' ? utf8.encode(data) : data);

/** The digest of `data`. */
export function hash(algorithm: HashAlgorithm, data: Data): Uint8Array {
  return algorithms[algorithm](toBytes(data));
}

/** The digest of `data` as text. */
export function hashText(algorithm: HashAlgorithm, data: Data, encoding: DigestEncoding): string {
  return encodeBytes(hash(algorithm, data), encoding);
}

/** A hash that is fed in chunks. */
export function createHasher(algorithm: HashAlgorithm): Hasher {
  const state = algorithms[algorithm].create();
  return { update: (chunk) => void state.update(chunk), digest: () => state.digest() };
}

/** HMAC under `key`. */
export function prepareMac(algorithm: HashAlgorithm, key: Uint8Array): Mac {
  // Both padded key blocks are hashed once; each message then starts from a copy of that state.
  const prepared = hmac.create(algorithms[algorithm], key);
  const bytes = (data: Data): Uint8Array => prepared.clone().update(toBytes(data)).digest();
  return { algorithm, bytes, text: (data, encoding) => encodeBytes(bytes(data), encoding) };
}
