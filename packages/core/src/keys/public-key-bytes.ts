import { decodeHex } from '../canonical/byte-encoding.ts';
import { concatBytes } from '../canonical/concat-bytes.ts';
import type { KeyKind } from '../digest/signature-algorithms.ts';
import { CountersignError } from '../errors.ts';
import { coordinateLength, edwardsProblem, isCurvePoint } from './curve-points.ts';
import { derTag, readSequence, readUnsigned, writeDer, writeUnsigned, type DerValue } from './der.ts';
import { kindOf, oids } from './key-oids.ts';

/** A public key that was checked: its kind, and its SubjectPublicKeyInfo in DER, of which each key has one alone. */
export interface PublicKeyBytes {
  readonly kind: KeyKind;
  readonly spki: Uint8Array;
}

/** Fewer bits were broken in practice or will be; also what NIST SP 800-131A asks for. */
const fewestRsaBits = 2048;
const mostRsaBits = 16384;

/** The public key that bytes are: SubjectPublicKeyInfo or PKCS#1 in DER, or the 32 bytes of Ed25519. @internal */
export function readPublicKeyBytes(bytes: Uint8Array): PublicKeyBytes {
  if (bytes.length === 32) return ed25519PublicKey(bytes);
  if (bytes.length === 64) throw otherKey('64 bytes, as an Ed25519 private key with its public key behind it has');
  if (bytes[0] === 4 && (bytes.length === 65 || bytes.length === 97))
    throw otherKey('a bare point of a curve; bring it as PEM or SubjectPublicKeyInfo');
  const values = bytes[0] === derTag.sequence ? readSequence(bytes) : undefined;
  if (!values) throw malformedKey(`${bytes.length} bytes that are neither DER nor the 32 of an Ed25519 key`);
  const [first, second, third] = values;
  if (first?.tag === derTag.integer && second?.tag === derTag.integer && !third) return rsaPublicKey(first, second);
  if (first?.tag === derTag.integer) throw otherKey('a private key');
  if (first?.tag === derTag.sequence && second?.tag === derTag.sequence && third)
    throw otherKey('a certificate; bring the public key in it (openssl x509 -pubkey -noout)');
  if (first?.tag === derTag.sequence && second?.tag === derTag.bitString && !third) return readSpki(first, second);
  throw malformedKey('DER that is no SubjectPublicKeyInfo');
}

function readSpki(algorithm: DerValue, value: DerValue): PublicKeyBytes {
  const kind = kindOf(algorithm);
  if (kind === undefined) throw malformedKey('a SubjectPublicKeyInfo whose algorithm cannot be read');
  if (typeof kind === 'object') throw otherKey(`a public key of another kind: ${kind.other}`);
  const { content } = value;
  if (content[0] !== 0) throw malformedKey('a SubjectPublicKeyInfo whose key is no whole bytes');
  const key = content.subarray(1);
  if (kind === 'ed25519') return ed25519PublicKey(key);
  if (kind !== 'rsa') return ecPublicKey(kind, key);
  const [modulus, exponent, more] = readSequence(key) ?? [];
  if (!modulus || !exponent || more) throw malformedKey('an RSA key whose numbers cannot be read');
  return rsaPublicKey(modulus, exponent);
}

/** The key of 32 bytes. @internal */
export function ed25519PublicKey(key: Uint8Array): PublicKeyBytes {
  const problem = key.length === 32 ? edwardsProblem(key) : `there are ${key.length}`;
  if (problem !== undefined) throw malformedKey(`not the 32 bytes of an Ed25519 key: ${problem}`);
  return { kind: 'ed25519', spki: spkiOf([oid(oids.ed25519)], key) };
}

/** The key of an uncompressed point. @internal */
export function ecPublicKey(kind: 'ec-p256' | 'ec-p384', point: Uint8Array): PublicKeyBytes {
  if (point[0] === 2 || point[0] === 3) throw otherKey('an EC key in compressed form; bring the uncompressed one');
  if (point.length !== 1 + 2 * coordinateLength[kind] || !isCurvePoint(kind, point))
    throw malformedKey(`an EC key that is no point of the curve ${kind === 'ec-p256' ? 'P-256' : 'P-384'}`);
  return { kind, spki: spkiOf([oid(oids.ecPublicKey), oid(kind === 'ec-p256' ? oids.p256 : oids.p384)], point) };
}

function rsaPublicKey(modulusValue: DerValue, exponentValue: DerValue): PublicKeyBytes {
  const [modulus, exponent] = [readUnsigned(modulusValue), readUnsigned(exponentValue)];
  if (!modulus || !exponent) throw malformedKey('an RSA key whose numbers are not written as DER has them');
  return rsaPublicKeyOf(modulus, exponent);
}

/** The key of modulus and public exponent, both without leading zeros. @internal */
export function rsaPublicKeyOf(modulus: Uint8Array, exponent: Uint8Array): PublicKeyBytes {
  const bits = checkRsaSize(modulus);
  const isEven = ((modulus.at(-1) ?? 0) & (exponent.at(-1) ?? 0) & 1) === 0;
  // With the exponent 1 every message is its own signature.
  const isOne = exponent.length === 1 && exponent[0] === 1;
  if (bits > mostRsaBits || isEven || isOne || exponent.length > 8)
    throw malformedKey('an RSA key whose modulus or exponent no right key has');
  const key = writeDer(derTag.sequence, writeUnsigned(modulus), writeUnsigned(exponent));
  return { kind: 'rsa', spki: spkiOf([oid(oids.rsa), writeDer(derTag.null)], key) };
}

/** The bits of an RSA modulus, of which there have to be enough. @internal */
export function checkRsaSize(modulus: Uint8Array): number {
  const bits = modulus.length * 8 - Math.clz32(modulus[0] ?? 0) + 24;
  if (bits >= fewestRsaBits) return bits;
  throw new CountersignError('key/weak', `an RSA key of ${bits} bits; it has to be ${fewestRsaBits} or more`);
}

/** The public key's own bytes out of a SubjectPublicKeyInfo that was made here. @internal */
export function bareKey(spki: Uint8Array): Uint8Array {
  const [, value] = readSequence(spki) ?? [];
  return value?.content.subarray(1) ?? new Uint8Array();
}

function spkiOf(algorithm: readonly Uint8Array[], key: Uint8Array): Uint8Array {
  const bits = writeDer(derTag.bitString, concatBytes([Uint8Array.of(0), key]));
  return writeDer(derTag.sequence, writeDer(derTag.sequence, ...algorithm), bits);
}

function oid(hex: string): Uint8Array {
  return writeDer(derTag.oid, decodeHex(hex) ?? new Uint8Array());
}

/** @internal */
export function malformedKey(what: string): CountersignError {
  return new CountersignError('key/malformed', `the public key cannot be read: it is ${what}`);
}

/** @internal */
export function otherKey(what: string): CountersignError {
  return new CountersignError('key/kind', `no public key: it is ${what}`);
}
