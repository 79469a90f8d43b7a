import crypto, { createHash, createHmac } from 'node:crypto';
import type { Data, DigestEncoding, HashAlgorithm, Hasher, Mac, MacAlgorithm } from './algorithms.ts';
import { prepareOneShotMac, type OneShotHash } from './one-shot-hmac.ts';

/** Missing in Node before 20.12 and 21.7 and in some runtimes that imitate Node, so there is no named import. */
const oneShotHash = crypto.hash as (typeof crypto.hash & OneShotHash) | undefined;

/** The digest of `data`. */
export function hash(algorithm: HashAlgorithm, data: Data): Uint8Array {
  return oneShotHash ? oneShotHash(algorithm, data, 'buffer') : createHash(algorithm).update(data).digest();
}

/** The digest of `data` as text. */
export function hashText(algorithm: HashAlgorithm, data: Data, encoding: DigestEncoding): string {
  if (encoding === 'upper-hex') return hashText(algorithm, data, 'hex').toUpperCase();
  return oneShotHash ? oneShotHash(algorithm, data, encoding) : createHash(algorithm).update(data).digest(encoding);
}

/** A hash that is fed in chunks. */
export function createHasher(algorithm: HashAlgorithm): Hasher {
  const state = createHash(algorithm);
  return { update: (chunk) => void state.update(chunk), digest: () => state.digest() };
}

/** HMAC under `key`, or the hash of the message with the key behind it. */
export function prepareMac(algorithm: MacAlgorithm, key: Uint8Array): Mac {
  if (algorithm === 'md5-suffix') return prepareSuffixHash(key);
  const streaming: Mac = {
    algorithm,
    bytes: (data) => createHmac(algorithm, key).update(data).digest(),
    text: (data, encoding) => textOf(createHmac(algorithm, key).update(data).digest(), encoding),
  };
  return oneShotHash ? prepareOneShotMac(algorithm, key, oneShotHash, streaming) : streaming;
}

function prepareSuffixHash(key: Uint8Array): Mac {
  const bytes = (data: Data): Buffer => createHash('md5').update(data).update(key).digest();
  return { algorithm: 'md5-suffix', bytes, text: (data, encoding) => textOf(bytes(data), encoding) };
}

function textOf(digest: Buffer, encoding: DigestEncoding): string {
  return encoding === 'upper-hex' ? digest.toString('hex').toUpperCase() : digest.toString(encoding);
}
