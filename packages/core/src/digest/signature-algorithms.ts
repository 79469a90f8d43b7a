/** The kinds of keys whose signatures can be verified by everybody. */
export type KeyKind = 'ed25519' | 'ec-p256' | 'ec-p384' | 'rsa';

/**
 * Signatures by a private key, named as RFC 9421 names them; `rsa-pss-sha256` and the RSA ones of other hashes are those of JSON
 * Web Signatures. ECDSA signatures are `r` and `s` behind each other wherever they are bytes (RFC 9421 §3.3.4).
 *
 * @see https://www.rfc-editor.org/rfc/rfc9421#section-3.3
 */
export type SignatureAlgorithm =
  | 'ed25519'
  | 'ecdsa-p256-sha256'
  | 'ecdsa-p384-sha384'
  | 'rsa-v1_5-sha256'
  | 'rsa-v1_5-sha384'
  | 'rsa-v1_5-sha512'
  | 'rsa-pss-sha256'
  | 'rsa-pss-sha384'
  | 'rsa-pss-sha512';

/** What an algorithm is made of. */
export interface SignatureParts {
  readonly kind: KeyKind;
  /** The hash under it; Ed25519 hashes by itself. */
  readonly hash?: 'sha256' | 'sha384' | 'sha512';
  /** Length in bytes of the salt of RSASSA-PSS, which is the hash's. */
  readonly saltLength?: number;
}

/** The table of algorithms. */
export const signatureAlgorithms: Readonly<Record<SignatureAlgorithm, SignatureParts>> = {
  ed25519: { kind: 'ed25519' },
  'ecdsa-p256-sha256': { kind: 'ec-p256', hash: 'sha256' },
  'ecdsa-p384-sha384': { kind: 'ec-p384', hash: 'sha384' },
  'rsa-v1_5-sha256': { kind: 'rsa', hash: 'sha256' },
  'rsa-v1_5-sha384': { kind: 'rsa', hash: 'sha384' },
  'rsa-v1_5-sha512': { kind: 'rsa', hash: 'sha512' },
  'rsa-pss-sha256': { kind: 'rsa', hash: 'sha256', saltLength: 32 },
  'rsa-pss-sha384': { kind: 'rsa', hash: 'sha384', saltLength: 48 },
  'rsa-pss-sha512': { kind: 'rsa', hash: 'sha512', saltLength: 64 },
};

/** Whether a signature is that of the bytes; at once on Node, later in other runtimes. */
export type SignatureCheck = (data: Uint8Array, signature: Uint8Array) => boolean | Promise<boolean>;

/** Makes the signature of bytes; at once on Node, later in other runtimes. */
export type SignatureMaker = (data: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/**
 * The second digest door, for signatures by private keys: `node-keys.ts` (`node:crypto`) and `web-keys.ts` (WebCrypto) stand
 * behind it. Keys come as SubjectPublicKeyInfo or PKCS#8, in DER, and were checked before.
 */
export interface KeyDoor {
  prepareCheck(algorithm: SignatureAlgorithm, publicKey: Uint8Array): SignatureCheck;
  prepareMaker(algorithm: SignatureAlgorithm, privateKey: Uint8Array): SignatureMaker;
  /** The public key of a private one, as SubjectPublicKeyInfo. */
  publicKeyOf(kind: KeyKind, privateKey: Uint8Array): Promise<Uint8Array>;
  /** A new private key, as PKCS#8. */
  generatePrivateKey(kind: KeyKind): Promise<Uint8Array>;
}
