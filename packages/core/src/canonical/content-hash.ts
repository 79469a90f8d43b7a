import { hashText } from '#digest';
import { writtenDigest, type ContentDigest, type DigestRule } from '../content-digest.ts';

/** How a body's hash is made, written and sent. */
export interface ContentHashRule extends DigestRule {
  /** The header that carries the hash; absent when the receiver computes it and nothing is sent. */
  readonly header?: string;
  /** The query parameter that carries it in place of a header. */
  readonly parameter?: string;
  /** The claim of the token that carries it in place of a header. */
  readonly claim?: string;
  /** What stands for an empty body: its hash, nothing at all, or, in a claim, either of them. */
  readonly empty: 'hashed' | 'blank' | 'optional';
}

/**
 * The content hash of a body as text; empty where the scheme leaves the hash of an empty body out.
 *
 * @throws CountersignError `content-hash/algorithm` when a streamed body was hashed with another algorithm.
 */
export function contentHashText(body: Uint8Array | ContentDigest, rule: ContentHashRule): string {
  if (!body.length && rule.empty === 'blank') return '';
  return writtenDigest(body, rule) ?? hashText(rule.algorithm, body as Uint8Array, rule.encoding);
}
