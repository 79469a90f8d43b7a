import { hash, hashText } from '#digest';
import { CountersignError } from '../errors.ts';
import { isContentDigest, type ContentDigest } from '../message.ts';
import type { DigestEncoding, HashAlgorithm } from '../digest/algorithms.ts';
import { encodeBytes } from './byte-encoding.ts';

/** How a body's hash is made, written and sent. */
export interface ContentHashRule {
  readonly algorithm: HashAlgorithm;
  readonly encoding: DigestEncoding;
  /** The header that carries the hash; absent when the receiver computes it and nothing is sent. */
  readonly header?: string;
  /** What stands for an empty body: its hash, or nothing at all. */
  readonly empty: 'hashed' | 'blank';
}

/**
 * The content hash of a body as text; empty where the scheme leaves the hash of an empty body out.
 *
 * @throws CountersignError `content-hash/algorithm` when a streamed body was hashed with another algorithm.
 */
export function contentHashText(body: Uint8Array | ContentDigest, rule: ContentHashRule): string {
  if (body.length === 0 && rule.empty === 'blank') return '';
  if (!isContentDigest(body)) return hashText(rule.algorithm, body, rule.encoding);
  return encodeBytes(streamedDigest(body, rule), rule.encoding);
}

/** The content hash of a body as bytes. */
export function contentHashBytes(body: Uint8Array | ContentDigest, rule: ContentHashRule): Uint8Array {
  return isContentDigest(body) ? streamedDigest(body, rule) : hash(rule.algorithm, body);
}

function streamedDigest(body: ContentDigest, rule: ContentHashRule): Uint8Array {
  if (body.algorithm === rule.algorithm) return body.digest;
  throw new CountersignError(
    'content-hash/algorithm',
    `the body was hashed with ${body.algorithm} as it streamed; this scheme needs ${rule.algorithm}`,
  );
}
