import { sha256 } from '@noble/hashes/sha2.js';
import { bytesOf, encodeBytes } from '../canonical/byte-encoding.ts';
import { concatBytes } from '../canonical/concat-bytes.ts';
import type { Data, DigestEncoding, HashAlgorithm, Hasher, Mac, MacAlgorithm } from './algorithms.ts';
import type { HashFunction } from './hash-function.ts';
import { fromNoble } from './noble.ts';

/** The others enter themselves (`provideHash`) when their file is imported, which each scheme that needs them does. */
const functions: Partial<Record<HashAlgorithm, HashFunction>> = {
  sha256: fromNoble(sha256),
};

const digests: Partial<Record<HashAlgorithm, (data: Data) => Uint8Array>> = {};

/** Adds an algorithm that not everybody carries. */
export function provideHash(algorithm: HashAlgorithm, provided: HashFunction): void {
  functions[algorithm] = provided;
}

function hashFunction(algorithm: HashAlgorithm): HashFunction {
  const found = functions[algorithm];
  if (found) return found;
  // SHA-384 comes with SHA-512.
  const remedy = algorithm === 'md5' || algorithm === 'sha1' ? 'use defineScheme' : "import '@countersign/core/sha512'";
  throw new Error(`${algorithm} is not loaded: ${remedy}`);
}

/** The digest of `data`. */
export function hash(algorithm: HashAlgorithm, data: Data): Uint8Array {
  return (digests[algorithm] ??= hashFunction(algorithm).after(new Uint8Array()))(data);
}

/** The digest of `data` as text. */
export function hashText(algorithm: HashAlgorithm, data: Data, encoding: DigestEncoding): string {
  return encodeBytes(hash(algorithm, data), encoding);
}

/** A hash that is fed in chunks. */
export function createHasher(algorithm: HashAlgorithm): Hasher {
  const state = hashFunction(algorithm).create();
  return { update: (chunk) => void state.update(chunk), digest: () => state.digest() };
}

/** HMAC (RFC 2104) under `key`, or the hash of the message with the key behind it. */
export function prepareMac(algorithm: MacAlgorithm, key: Uint8Array): Mac {
  if (algorithm === 'md5-suffix') return prepared(algorithm, (data) => hash('md5', concatBytes([bytesOf(data), key])));
  const { blockLength, after } = hashFunction(algorithm);
  const blockKey = new Uint8Array(blockLength);
  blockKey.set(key.length > blockLength ? hash(algorithm, key) : key);
  // Both padded key blocks are hashed once; each message starts from there.
  const inner = after(blockKey.map((byte) => byte ^ 0x36));
  const outer = after(blockKey.map((byte) => byte ^ 0x5c));
  return prepared(algorithm, (data) => outer(inner(data)));
}

function prepared(algorithm: MacAlgorithm, bytes: Mac['bytes']): Mac {
  return { algorithm, bytes, text: (data, encoding) => encodeBytes(bytes(data), encoding) };
}
