import { decodeBase64Url } from '../canonical/byte-encoding.ts';
import { concatBytes } from '../canonical/concat-bytes.ts';
import { CountersignError } from '../errors.ts';
import { coordinateLength } from './curve-points.ts';
import {
  ecPublicKey,
  ed25519PublicKey,
  malformedKey,
  otherKey,
  rsaPublicKeyOf,
  type PublicKeyBytes,
} from './public-key-bytes.ts';

/** A JSON Web Key, unchecked. */
export type UncheckedJwk = Readonly<Record<string, unknown>>;

/**
 * The public key of a JSON Web Key (RFC 7517, RFC 8037).
 *
 * @throws CountersignError `key/malformed`, `key/kind` or `key/weak`, without the key
 * @internal
 */
export function publicKeyOfJwk(jwk: UncheckedJwk): PublicKeyBytes {
  if (Array.isArray(jwk['keys'])) throw otherKey('a set of JSON Web Keys; bring one of them');
  if (jwk['kty'] === 'oct') throw otherKey('a shared secret for HMAC (kty oct), which is another scheme');
  if ('d' in jwk) throw otherKey('a private key (a JSON Web Key with d)');
  if (jwk['use'] !== undefined && jwk['use'] !== 'sig')
    throw otherKey('a JSON Web Key for something else than signatures');
  return publicPartOf(jwk);
}

/** The public part of a JSON Web Key, which may be a private one. @internal */
export function publicPartOf(jwk: UncheckedJwk): PublicKeyBytes {
  const { kty, crv } = jwk;
  if (kty === 'OKP' && crv === 'Ed25519') return ed25519PublicKey(member(jwk, 'x'));
  const kind = kty === 'EC' ? ({ 'P-256': 'ec-p256', 'P-384': 'ec-p384' } as const)[String(crv)] : undefined;
  if (kind) {
    const coordinates = [member(jwk, 'x'), member(jwk, 'y')];
    if (coordinates.some(({ length }) => length !== coordinateLength[kind]))
      throw malformedKey(`a JSON Web Key whose x or y is not ${coordinateLength[kind]} bytes`);
    return ecPublicKey(kind, concatBytes([Uint8Array.of(4), ...coordinates]));
  }
  if (kty === 'RSA') return rsaPublicKeyOf(member(jwk, 'n'), member(jwk, 'e'));
  if (typeof kty !== 'string') throw malformedKey('JSON that is no JSON Web Key: it has no kty');
  throw otherKey('a JSON Web Key of a kind that is not known here');
}

/** The bytes of a member. @internal */
export function member(jwk: UncheckedJwk, name: string): Uint8Array {
  const value = jwk[name];
  const bytes = typeof value === 'string' ? decodeBase64Url(value) : undefined;
  // RFC 7518 §6.3.1.1: without leading zeros.
  if (!bytes?.length || (name.length === 1 && 'ne'.includes(name) && bytes[0] === 0))
    throw new CountersignError(
      'key/malformed',
      `the key cannot be read: its member ${name} is no base64url of a number`,
    );
  return bytes;
}
