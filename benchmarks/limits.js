// What no signature of these requests can be faster than in Node: three one-shot hashes of OpenSSL over as many bytes as it
// needs, and nothing else. No text is written, no header read, and nothing waits for the hash before.
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sign } from '@countersign/core/sign';

/** Length in bytes of SHA-256's block, to which HMAC pads a key, and of its digest. */
const blockBytes = 64;
const digestBytes = 32;

/**
 * The hashes of a signature by HMAC-SHA256 over the hash of a body: that of the body, then HMAC's inner and outer one, each
 * behind a padded key.
 *
 * @returns {() => string}
 */
export function hashesOf(scheme, credential, message) {
  const { stringToSign } = sign(scheme, credential, message).trace();
  const inner = Buffer.alloc(blockBytes + stringToSign.length, 0x36);
  const outer = Buffer.alloc(blockBytes + digestBytes, 0x5c);
  const { algorithm, encoding } = scheme.contentHash;
  const { body } = message;
  return () => {
    hash(algorithm, body, encoding);
    hash('sha256', inner, 'binary');
    return hash('sha256', outer, 'base64');
  };
}

/** Milliseconds of processor time of this process, which other programs do not lengthen. */
export function processorMs() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Milliseconds of processor time of this thread alone, without V8's compiler and garbage collector on others; only on Linux. */
export function threadMs() {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return Number.NaN;
  }
}
