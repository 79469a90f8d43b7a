import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeBytes } from '../canonical/byte-encoding.ts';
import type { Data, DigestEncoding, HashAlgorithm, Hasher, Mac } from './algorithms.ts';

/** A hash function of @noble/hashes, as far as the door needs it. */
export interface HashFunction {
  (data: Uint8Array): Uint8Array;
  readonly blockLen: number;
  create(): HashState;
}

interface HashState {
  update(data: Uint8Array): HashState;
  digest(): Uint8Array;
  clone(): HashState;
}

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

/** The digest of `data`. */
export function hash(algorithm: HashAlgorithm, data: Data): Uint8Array {
  return hashFunction(algorithm)(toBytes(data));
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
  const { create, blockLen } = hashFunction(algorithm);
  const blockKey = new Uint8Array(blockLen);
  blockKey.set(key.length > blockLen ? hash(algorithm, key) : key);
  // Both padded key blocks are hashed once; each message then starts from a copy of that state.
  const inner = create().update(blockKey.map((byte) => byte ^ 0x36));
  const outer = create().update(blockKey.map((byte) => byte ^ 0x5c));
  const bytes = (data: Data): Uint8Array =>
    outer
      .clone()
      .update(inner.clone().update(toBytes(data)).digest())
      .digest();
  return { algorithm, bytes, text: (data, encoding) => encodeBytes(bytes(data), encoding) };
}
