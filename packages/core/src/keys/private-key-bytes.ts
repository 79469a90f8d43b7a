import { concatBytes } from '../canonical/concat-bytes.ts';
import { decodeHex } from '../canonical/byte-encoding.ts';
import type { KeyKind } from '../digest/signature-algorithms.ts';
import { CountersignError } from '../errors.ts';
import { coordinateLength } from './curve-points.ts';
import { derTag, readDer, readSequence, readUnsigned, writeDer, writeUnsigned } from './der.ts';
import { member, publicPartOf, type UncheckedJwk } from './json-web-key.ts';
import { kindOf, oids } from './key-oids.ts';
import { bareKey, checkRsaSize } from './public-key-bytes.ts';

/** A private key: its kind, and its PKCS#8 in DER. */
export interface PrivateKeyBytes {
  readonly kind: KeyKind;
  readonly pkcs8: Uint8Array;
}

/**
 * The private key that bytes are: PKCS#8, PKCS#1 or SEC 1 in DER, the 32 bytes of Ed25519's seed, or 64 where its public key
 * follows.
 *
 * @internal
 */
export function readPrivateKeyBytes(bytes: Uint8Array): PrivateKeyBytes {
  if (bytes.length === 32 || bytes.length === 64) return ed25519PrivateKey(bytes.slice(0, 32));
  const values = bytes[0] === derTag.sequence ? readSequence(bytes) : undefined;
  if (!values) throw malformed(`${bytes.length} bytes that are neither DER nor an Ed25519 key`);
  const [version, second, third] = values;
  if (version?.tag === derTag.integer && second?.tag === derTag.sequence && third?.tag === derTag.octetString) {
    const kind = kindOf(second);
    if (kind === undefined) throw malformed('PKCS#8 whose algorithm cannot be read');
    if (typeof kind === 'object') throw other(`a private key of another kind: ${kind.other}`);
    return pkcs8Of(kind, third.content);
  }
  // RFC 8017 §A.1.2 and RFC 5915 §3.
  if (version?.tag === derTag.integer && second?.tag === derTag.integer && values.length === 9)
    return pkcs8Of('rsa', bytes);
  if (version?.tag === derTag.integer && second?.tag === derTag.octetString) return readSec1(bytes, third?.content);
  throw other('DER that is no private key');
}

function readSec1(bytes: Uint8Array, parameters: Uint8Array | undefined): PrivateKeyBytes {
  const [curve] = (parameters && readDer(parameters)) || [];
  const algorithm = curve && writeDer(derTag.sequence, oid(oids.ecPublicKey), curve.whole);
  const kind = algorithm && kindOf(readDer(algorithm)?.[0]);
  if (kind === 'ec-p256' || kind === 'ec-p384') return pkcs8Of(kind, bytes);
  throw other('an EC private key whose curve is not known here');
}

/** PKCS#8 made anew, because WebCrypto takes RSA keys under the plain identifier only. */
function pkcs8Of(kind: KeyKind, key: Uint8Array): PrivateKeyBytes {
  if (kind === 'rsa') {
    const modulus = readSequence(key)?.[1];
    checkRsaSize((modulus && readUnsigned(modulus)) ?? new Uint8Array());
  } else if (kind === 'ed25519') {
    const [seed] = readDer(key) ?? [];
    if (seed?.tag !== derTag.octetString || seed.content.length !== 32)
      throw malformed('an Ed25519 key of other than 32 bytes');
  }
  const algorithm = {
    ed25519: [oid(oids.ed25519)],
    'ec-p256': [oid(oids.ecPublicKey), oid(oids.p256)],
    'ec-p384': [oid(oids.ecPublicKey), oid(oids.p384)],
    rsa: [oid(oids.rsa), writeDer(derTag.null)],
  }[kind];
  const version = writeDer(derTag.integer, Uint8Array.of(0));
  const whole = writeDer(
    derTag.sequence,
    version,
    writeDer(derTag.sequence, ...algorithm),
    writeDer(derTag.octetString, key),
  );
  return { kind, pkcs8: whole };
}

function ed25519PrivateKey(seed: Uint8Array): PrivateKeyBytes {
  return pkcs8Of('ed25519', writeDer(derTag.octetString, seed));
}

/**
 * The private key of a JSON Web Key.
 *
 * @internal
 */
export function privateKeyOfJwk(jwk: UncheckedJwk): PrivateKeyBytes {
  if (!('d' in jwk)) throw other('a JSON Web Key without d: a public one, or a shared secret');
  const { kind, spki } = publicPartOf(jwk);
  if (kind === 'ed25519') return ed25519PrivateKey(member(jwk, 'd'));
  if (kind === 'rsa') {
    const numbers = ['n', 'e', 'd', 'p', 'q', 'dp', 'dq', 'qi'].map((name) => writeUnsigned(member(jwk, name)));
    return pkcs8Of('rsa', writeDer(derTag.sequence, writeDer(derTag.integer, Uint8Array.of(0)), ...numbers));
  }
  const scalar = member(jwk, 'd');
  if (scalar.length !== coordinateLength[kind])
    throw malformed(`a JSON Web Key whose d is not ${coordinateLength[kind]} bytes`);
  const point = writeDer(derTag.bitString, concatBytes([Uint8Array.of(0), bareKey(spki)]));
  const version = writeDer(derTag.integer, Uint8Array.of(1));
  const key = writeDer(derTag.sequence, version, writeDer(derTag.octetString, scalar), writeDer(0xa1, point));
  return pkcs8Of(kind, key);
}

function oid(hex: string): Uint8Array {
  return writeDer(derTag.oid, decodeHex(hex) ?? new Uint8Array());
}

function malformed(what: string): CountersignError {
  return new CountersignError('key/malformed', `the private key cannot be read: it is ${what}`);
}

function other(what: string): CountersignError {
  return new CountersignError('key/kind', `no private key: it is ${what}`);
}
