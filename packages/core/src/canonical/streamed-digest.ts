import type { ContentDigest, DigestRule } from '../content-digest.ts';
import { CountersignError } from '../errors.ts';
import { encodeBytes } from './byte-encoding.ts';

/**
 * The digest of a streamed body as text.
 *
 * @throws CountersignError `content-hash/algorithm` when it was hashed with another algorithm than the scheme's
 */
export function streamedDigestText({ algorithm, digest }: ContentDigest, rule: DigestRule): string {
  if (algorithm === rule.algorithm) return encodeBytes(digest, rule.encoding);
  throw new CountersignError(
    'content-hash/algorithm',
    `the body was hashed with ${algorithm} as it streamed; this scheme needs ${rule.algorithm}`,
  );
}
