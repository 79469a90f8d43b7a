import { CountersignError } from '../errors.ts';
import { PublicKey, type PublicKeyCredential } from './public-key.ts';

/** A set of JSON Web Keys (RFC 7517 §5), as providers publish it. */
export interface JsonWebKeySet {
  readonly keys: readonly object[];
}

/**
 * The public keys of a set that providers publish, each under its `kid`, for schemes whose tokens name their key. Keys that
 * verify no signatures (`use` `enc`), that have no id, or of a kind that is not known here are left out, as RFC 7517 §5 has it.
 * Whoever fetches the set fetches it again when a token names a key that is not there, and not for each such token.
 *
 * @throws CountersignError `key/malformed` when it is no set, when a key of it is damaged, or when no key is left
 */
export function publicKeysOfSet(set: JsonWebKeySet): readonly PublicKeyCredential[] {
  if (typeof set !== 'object' || set === null || !Array.isArray(set.keys))
    throw new CountersignError('key/malformed', 'it is no set of JSON Web Keys: it has no list `keys`');
  const credentials = (set.keys as readonly unknown[]).flatMap((key) => credentialOf(key) ?? []);
  if (credentials.length > 0) return credentials;
  throw new CountersignError('key/malformed', 'the set has no public key with a `kid` that verifies signatures');
}

function credentialOf(key: unknown): PublicKeyCredential | undefined {
  const jwk = (typeof key === 'object' && key !== null ? key : {}) as JsonWebKey & { readonly kid?: unknown };
  if (typeof jwk.kid !== 'string' || jwk.kid === '' || (jwk.use !== undefined && jwk.use !== 'sig')) return undefined;
  try {
    return { keyId: jwk.kid, publicKey: new PublicKey(jwk) };
  } catch (error) {
    if (error instanceof CountersignError && error.code === 'key/kind') return undefined;
    throw error;
  }
}
