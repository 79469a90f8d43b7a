/** The hash functions that the known schemes use, under HMAC or alone. */
export type HashAlgorithm = 'md5' | 'sha1' | 'sha256' | 'sha512';

/** How digest bytes are written as text. Base64 is RFC 4648 §4 with padding, hex is lower case. */
export type DigestEncoding = 'base64' | 'hex';

/** Bytes, or text that stands for its UTF-8 bytes. */
export type Data = Uint8Array | string;

/** A hash that is fed in chunks; memory does not grow with the input. */
export interface Hasher {
  update(chunk: Uint8Array): void;
  /** Ends the computation; the hasher cannot be used afterwards. */
  digest(): Uint8Array;
}

/** HMAC under one key. Preparing it costs once, so keep it for as long as the key. */
export interface Mac {
  readonly algorithm: HashAlgorithm;
  bytes(data: Data): Uint8Array;
  text(data: Data, encoding: DigestEncoding): string;
}

/**
 * The digest door: everything that core asks of cryptography, synchronously. `node.ts` and `web.ts` stand behind it; the
 * package's `imports` chooses one.
 */
export interface DigestDoor {
  hash(algorithm: HashAlgorithm, data: Data): Uint8Array;
  hashText(algorithm: HashAlgorithm, data: Data, encoding: DigestEncoding): string;
  createHasher(algorithm: HashAlgorithm): Hasher;
  prepareMac(algorithm: HashAlgorithm, key: Uint8Array): Mac;
}

/** The encodings of a digest. */
export const digestEncodings: readonly DigestEncoding[] = ['base64', 'hex'];

/** Digest length in bytes. */
export const digestLength: Readonly<Record<HashAlgorithm, number>> = { md5: 16, sha1: 20, sha256: 32, sha512: 64 };

/** Lengths of HMAC's block in bytes. */
export const blockLengths: Readonly<Record<HashAlgorithm, number>> = { md5: 64, sha1: 64, sha256: 64, sha512: 128 };
