import { hashText } from '#digest';
import { prepareCheck } from '#digest/keys';
import { encodeBase64 } from '../canonical/byte-encoding.ts';
import {
  signatureAlgorithms,
  type KeyKind,
  type SignatureAlgorithm,
  type SignatureCheck,
} from '../digest/signature-algorithms.ts';
import { CountersignError } from '../errors.ts';
import { publicKeyOfJwk } from './json-web-key.ts';
import { kindTitles } from './key-oids.ts';
import { readKeyText } from './key-text.ts';
import { otherKey, readPublicKeyBytes } from './public-key-bytes.ts';

/**
 * A public key, read strictly: PEM (`PUBLIC KEY`, `RSA PUBLIC KEY`), the same in DER or in base64 of that, the 32 bytes of an
 * Ed25519 key as they are or in base64 or base64url (also behind `whpk_`), or a JSON Web Key. Keep one for as long as the key
 * lives; what is prepared for it is cached in it.
 *
 * A public key is no secret, and is not shown all the same, because what stands in its place may be one: printed it is its
 * kind and its fingerprint.
 */
export class PublicKey {
  declare readonly kind: KeyKind;
  /** The SHA-256 of the SubjectPublicKeyInfo in base64, which tells keys apart in logs (`pin-sha256` of RFC 7469). */
  declare readonly fingerprint: string;
  readonly #spki: Uint8Array;
  readonly #checks: Partial<Record<SignatureAlgorithm, SignatureCheck>> = {};

  /**
   * @param given the key as text, as bytes (a file that was read, or DER), or as a JSON Web Key
   * @param kind the kind that it has to be, where only one will do
   * @throws CountersignError `key/empty` (also for a variable that was not set), `key/malformed`, `key/weak` (RSA of less than
   * 2048 bits), or `key/kind` naming what it is instead: a private key, a certificate, a shared secret, an OpenSSH key, a
   * public key of another kind. None of them holds the text.
   */
  constructor(given: string | Uint8Array | JsonWebKey, kind?: KeyKind) {
    const text = readKeyText(given, 'public key');
    if ('label' in text && text.label !== undefined) checkLabel(text.label);
    if (typeof given === 'string' && given.trim().startsWith('whsk_')) throw otherKey('a private key (whsk_)');
    const key = 'jwk' in text ? publicKeyOfJwk(text.jwk) : readPublicKeyBytes(text.bytes);
    if (kind !== undefined && kind !== key.kind)
      throw otherKey(`a public key of another kind, ${kindTitles[key.kind]} and not ${kindTitles[kind]}`);
    this.kind = key.kind;
    this.#spki = key.spki;
    this.fingerprint = hashText('sha256', key.spki, 'base64');
  }

  /**
   * Whether a signature is that of the bytes; at once on Node, and as a promise elsewhere.
   *
   * @param signature ECDSA as `r` and `s` behind each other
   * @throws CountersignError `key/kind` when the algorithm is not for keys of this kind; `key/unsupported` (as a rejection)
   * where the runtime's WebCrypto does not have it
   */
  check(algorithm: SignatureAlgorithm, data: Uint8Array, signature: Uint8Array): boolean | Promise<boolean> {
    checkKind(algorithm, this.kind);
    return (this.#checks[algorithm] ??= prepareCheck(algorithm, this.#spki))(data, signature);
  }

  /** The key as SubjectPublicKeyInfo in DER. */
  spki(): Uint8Array {
    return this.#spki.slice();
  }

  /** The key as PEM, `PUBLIC KEY`. */
  pem(): string {
    const lines = encodeBase64(this.#spki).match(/.{1,64}/g) ?? [];
    return ['-----BEGIN PUBLIC KEY-----', ...lines, '-----END PUBLIC KEY-----', ''].join('\n');
  }

  toString(): string {
    return `[public key ${this.kind} ${this.fingerprint}]`;
  }

  toJSON(): string {
    return this.toString();
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

/** A public key and, for schemes whose requests name it, its id. */
export interface PublicKeyCredential {
  /** The key id that the request carries in clear. */
  readonly keyId?: string;
  readonly publicKey: PublicKey;
  /** A name for people, for example `primary`; results and traces repeat it. */
  readonly name?: string;
}

/** @internal */
export function checkKind(algorithm: SignatureAlgorithm, kind: KeyKind): void {
  const wanted = signatureAlgorithms[algorithm].kind;
  if (wanted === kind) return;
  throw new CountersignError('key/kind', `${algorithm} needs a key of the kind ${wanted}; this one is ${kind}`);
}

function checkLabel(label: string): void {
  if (label === 'PUBLIC KEY' || label === 'RSA PUBLIC KEY') return;
  if (label.endsWith('PRIVATE KEY'))
    throw otherKey('a private key; openssl pkey -pubout -in FILE prints its public one');
  if (label.endsWith('CERTIFICATE'))
    throw otherKey('a certificate; openssl x509 -pubkey -noout -in FILE prints the public key in it');
  throw otherKey('PEM of something else');
}
