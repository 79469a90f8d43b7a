import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { CHash } from '@noble/hashes/utils.js';
import { encodeBytes } from '../canonical/byte-encoding.ts';
import type { Data, DigestEncoding, HashAlgorithm, Hasher, Mac } from './algorithms.ts';

/** A hash function of @noble/hashes. */
export type HashFunction = CHash;

const functions: Partial<Record<HashAlgorithm, HashFunction>> = { md5, sha1, sha256 };
const utf8 = new TextEncoder();
const toBytes = (data: Data): Uint8Array => (typeof data === 'string' ? utf8.encode(data) : data);

/** Adds an algorithm that is left out by default, for its size. */
export function provideHash(algorithm: HashAlgorithm, provided: HashFunction): void {
  functions[algorithm] = provided;
}

function hashFunction(algorithm: HashAlgorithm): HashFunction {
  const found = functions[algorithm];
  if (found) return found;
  throw new Error(`${algorithm} is not loaded: import '@countersign/core/${algorithm}'`);
}

/** Starts of a computation that can be finished for one message after another. */
type Finish = (data: Data) => Uint8Array;

/** Copying a state into one that is used again costs less than making a new one, which short messages would feel. */
function finishFrom(start: ReturnType<HashFunction['create']>, { outputLen }: HashFunction): Finish {
  const working = start.clone();
  return (data) => {
    const digest = new Uint8Array(outputLen);
    start._cloneInto(working).update(toBytes(data)).digestInto(digest);
    return digest;
  };
}

const finishes: Partial<Record<HashAlgorithm, Finish>> = {};

/** The digest of `data`. */
export function hash(algorithm: HashAlgorithm, data: Data): Uint8Array {
  const used = hashFunction(algorithm);
  return (finishes[algorithm] ??= finishFrom(used.create(), used))(data);
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

/** HMAC (RFC 2104) under `key`. */
export function prepareMac(algorithm: HashAlgorithm, key: Uint8Array): Mac {
  const used = hashFunction(algorithm);
  const blockKey = new Uint8Array(used.blockLen);
  blockKey.set(key.length > used.blockLen ? hash(algorithm, key) : key);
  // Both padded key blocks are hashed once; each message starts from there.
  const inner = finishFrom(used.create().update(blockKey.map((byte) => byte ^ 0x36)), used);
  const outer = finishFrom(used.create().update(blockKey.map((byte) => byte ^ 0x5c)), used);
  const bytes: Finish = (data) => outer(inner(data));
  return { algorithm, bytes, text: (data, encoding) => encodeBytes(bytes(data), encoding) };
}
