import type { DigestEncoding, HashAlgorithm } from './digest/algorithms.ts';

declare const madeByContentHasher: unique symbol;

/**
 * The digest of a body that was streamed, and how many bytes it had. Only `contentHasher` and `digestStream` make one:
 * an object that merely looks like it (a parsed form with fields of these names) is nobody's digest.
 */
export interface ContentDigest {
  readonly [madeByContentHasher]: true;
  readonly algorithm: HashAlgorithm;
  readonly digest: Uint8Array;
  /** Body length in bytes. Zero matters: some schemes leave the hash of an empty body out. */
  readonly length: number;
}

/** The part of a scheme's `contentHash` that a digest is written by. */
export interface DigestRule {
  readonly algorithm: HashAlgorithm;
  readonly encoding: DigestEncoding;
}

/** Writes a digest as the text that a scheme signs. */
export type WriteDigest = (digest: ContentDigest, rule: DigestRule) => string;

/** Remembered here and not marked on the object: what a sender can write, a parser can make. */
const made = new WeakMap<object, WriteDigest>();

/** Makes a digest that is accepted for a body. It brings its writer along, so only those who stream carry one. */
export function makeContentDigest(
  algorithm: HashAlgorithm,
  digest: Uint8Array,
  length: number,
  write: WriteDigest,
): ContentDigest {
  const contentDigest = Object.freeze({
    algorithm,
    // A copy each time: whoever writes into the bytes that he was shown changes no digest. (A Buffer's own `slice` copies
    // nothing.)
    get digest() {
      return Uint8Array.prototype.slice.call(digest);
    },
    length,
  }) as ContentDigest;
  made.set(contentDigest, write);
  return contentDigest;
}

/** The text of a digest that `contentHasher` made; `undefined` for any other body. */
export function writtenDigest(body: Uint8Array | ContentDigest, rule: DigestRule): string | undefined {
  return made.get(body)?.(body as ContentDigest, rule);
}

/** Whether a value is a digest that `contentHasher` made in this process: a copy, also to a worker thread, is none. */
export function isContentDigest(body: unknown): body is ContentDigest {
  return made.has(body as object);
}

/**
 * Checks a message's body.
 *
 * @throws TypeError when it is neither bytes nor a digest of `contentHasher`
 */
export function checkBody(body: unknown): void {
  if (body instanceof Uint8Array || made.has(body as object)) return;
  throw new TypeError('the body must be raw bytes (Uint8Array) or a digest by contentHasher');
}
