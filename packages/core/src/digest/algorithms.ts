/** The hash functions that the known schemes use, under HMAC or alone. */
export type HashAlgorithm = 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** The names of the hash functions. */
export const digestNames: readonly HashAlgorithm[] = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'];

/**
 * What a signature is made with: HMAC over a hash function, or, as some old APIs have it, the MD5 of the message with the
 * secret behind it.
 */
export type MacAlgorithm = HashAlgorithm | 'md5-suffix';

/** The names of what a signature is made with. */
export const macNames: readonly MacAlgorithm[] = ['md5', 'sha1', 'sha256', 'sha384', 'sha512', 'md5-suffix'];

/** The hash function under a signature. */
export function hashOf(algorithm: MacAlgorithm): HashAlgorithm {
  return algorithm === 'md5-suffix' ? 'md5' : algorithm;
}

/** What a signature is made with, and how its bytes are written. */
export interface MacRule {
  readonly algorithm: MacAlgorithm;
  readonly encoding: DigestEncoding;
  /** Whether hexadecimal digits are compared in any case. */
  readonly anyCase?: boolean;
}

/** That of a scheme, and further ones by name of which each account chooses: a credential says in `mac` which is its own. */
export interface MacChoice extends MacRule {
  readonly choices?: Readonly<Record<string, MacRule>>;
}

/**
 * How digest bytes are written as text. Base64 is RFC 4648 §4 with padding, base64url its §5 without; hex is lower case,
 * upper-hex is not.
 */
export type DigestEncoding = 'base64' | 'base64url' | 'hex' | 'upper-hex';

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
  readonly algorithm: MacAlgorithm;
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
  prepareMac(algorithm: MacAlgorithm, key: Uint8Array): Mac;
}

/** The encodings of a digest. */
export const digestEncodings: readonly DigestEncoding[] = ['base64', 'base64url', 'hex', 'upper-hex'];

/** Digest length in bytes. */
export const digestLength: Readonly<Record<HashAlgorithm, number>> = {
  md5: 16,
  sha1: 20,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};

/** Lengths of HMAC's block in bytes. */
export const blockLengths: Readonly<Record<HashAlgorithm, number>> = {
  md5: 64,
  sha1: 64,
  sha256: 64,
  sha384: 128,
  sha512: 128,
};
