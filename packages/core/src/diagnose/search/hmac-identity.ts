import { hash } from '#digest';
import { blockLengths, type HashAlgorithm } from '../../digest/algorithms.ts';
import { latin1 } from '../text/charsets.ts';

/**
 * A text under which keys meet that HMAC cannot tell apart: it hashes a key that is longer than a block, and fills up a
 * shorter one with zero bytes (RFC 2104, section 2).
 */
export function hmacIdentity(algorithm: HashAlgorithm, key: Uint8Array): string {
  const inBlock = key.length > blockLengths[algorithm] ? hash(algorithm, key) : key;
  let end = inBlock.length;
  while (end > 0 && inBlock[end - 1] === 0) end--;
  return latin1(inBlock.subarray(0, end));
}
