import { hashText } from '#digest';
import { writtenDigest, type ContentDigest } from '../content-digest.ts';
import type { ContentHashRule } from '../scheme.ts';

/**
 * The content hash of a body as text; empty where the scheme leaves the hash of an empty body out.
 *
 * @throws CountersignError `content-hash/algorithm` when a streamed body was hashed with another algorithm.
 */
export function contentHashText(body: Uint8Array | ContentDigest, rule: ContentHashRule): string {
  if (body.length === 0 && rule.empty === 'blank') return '';
  return writtenDigest(body, rule) ?? hashText(rule.algorithm, body as Uint8Array, rule.encoding);
}
