import { generatePrivateKey, prepareMaker, publicKeyOf } from '#digest/keys';
import { encodeBase64 } from '../canonical/byte-encoding.ts';
import type { KeyKind, SignatureAlgorithm, SignatureMaker } from '../digest/signature-algorithms.ts';
import { CountersignError } from '../errors.ts';
import { readKeyText } from './key-text.ts';
import { privateKeyOfJwk, readPrivateKeyBytes } from './private-key-bytes.ts';
import { checkKind, PublicKey } from './public-key.ts';

/**
 * A private key that cannot be printed by accident: PEM (`PRIVATE KEY`, `RSA PRIVATE KEY`, `EC PRIVATE KEY`), the same in DER or
 * in base64 of that, Ed25519's seed of 32 bytes in base64, also with the public key behind it (and behind `whsk_`), or a JSON
 * Web Key. Keep one for as long as the key lives.
 */
export class PrivateKey {
  declare readonly kind: KeyKind;
  readonly #pkcs8: Uint8Array;
  readonly #makers: Partial<Record<SignatureAlgorithm, SignatureMaker>> = {};

  /**
   * @param given the key as text, as bytes (a file that was read, or DER), or as a JSON Web Key
   * @throws CountersignError `key/empty`, `key/malformed`, `key/weak`, or `key/kind` naming what it is instead: a public key,
   * one behind a passphrase, a key of OpenSSH. None of them holds the text.
   */
  constructor(given: string | Uint8Array | JsonWebKey) {
    const text = readKeyText(given, 'private key');
    if ('label' in text && text.label !== undefined) checkLabel(text.label);
    const key = 'jwk' in text ? privateKeyOfJwk(text.jwk) : readPrivateKeyBytes(text.bytes);
    this.kind = key.kind;
    this.#pkcs8 = key.pkcs8;
  }

  /** A new key, which nobody else has. */
  static async generate(kind: KeyKind): Promise<PrivateKey> {
    return new PrivateKey(await generatePrivateKey(kind));
  }

  /**
   * The signature of bytes; at once on Node, and as a promise elsewhere.
   *
   * @returns ECDSA as `r` and `s` behind each other
   * @throws CountersignError `key/kind` when the algorithm is not for keys of this kind; `key/unsupported` (as a rejection)
   * where the runtime's WebCrypto does not have it
   */
  make(algorithm: SignatureAlgorithm, data: Uint8Array): Uint8Array | Promise<Uint8Array> {
    checkKind(algorithm, this.kind);
    return (this.#makers[algorithm] ??= prepareMaker(algorithm, this.#pkcs8))(data);
  }

  /** The public key that belongs to it. */
  async publicKey(): Promise<PublicKey> {
    return new PublicKey(await publicKeyOf(this.kind, this.#pkcs8));
  }

  /** The key itself as PEM, for whoever has to keep it. Never log what this returns. */
  exposePem(): string {
    const lines = encodeBase64(this.#pkcs8).match(/.{1,64}/g) ?? [];
    return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n');
  }

  toString(): string {
    return '[private key]';
  }

  toJSON(): string {
    return '[private key]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[private key]';
  }
}

/** A private key and, for schemes whose requests name it, its id. */
export interface PrivateKeyCredential {
  /** The key id that the request carries in clear. */
  readonly keyId?: string;
  readonly privateKey: PrivateKey;
  /** A name for people. */
  readonly name?: string;
}

function checkLabel(label: string): void {
  if (label === 'PRIVATE KEY' || label === 'RSA PRIVATE KEY' || label === 'EC PRIVATE KEY') return;
  throw new CountersignError('key/kind', `no private key that can be used: it is ${otherOf(label)}`);
}

function otherOf(label: string): string {
  if (label.startsWith('ENCRYPTED ')) return 'one behind a passphrase; openssl pkey -in FILE takes that off';
  if (label.startsWith('OPENSSH')) return 'one of OpenSSH; ssh-keygen -p -m PKCS8 -f FILE writes it anew';
  return label.endsWith('PUBLIC KEY') ? 'a public key' : 'PEM of something else';
}
