import { checkKeyId } from './check-credential.ts';
import { CountersignError } from './errors.ts';
import { PrivateKey, type PrivateKeyCredential } from './keys/private-key.ts';
import { PublicKey, type PublicKeyCredential } from './keys/public-key.ts';
import { keyKindOf, type PublicKeyScheme } from './public-key-scheme.ts';

/**
 * Checks that a public key can be used with a scheme.
 *
 * @throws TypeError when there is no `PublicKey`, or its id is no text
 * @throws CountersignError `key/kind` when the scheme's signatures are by another kind of key; `key/id-missing` and
 * `key/id-malformed` as for secrets
 */
export function checkPublicKey(scheme: PublicKeyScheme, credential: PublicKeyCredential): void {
  if (!(credential?.publicKey instanceof PublicKey))
    throw new TypeError('the credential needs a publicKey: a PublicKey');
  checkKind(scheme, credential.publicKey);
  checkKeyId(scheme, credential.keyId);
}

/**
 * Checks that a private key can be used with a scheme.
 *
 * @throws as `checkPublicKey`
 */
export function checkPrivateKey(scheme: PublicKeyScheme, credential: PrivateKeyCredential): void {
  if (!(credential?.privateKey instanceof PrivateKey))
    throw new TypeError('the credential needs a privateKey: a PrivateKey');
  checkKind(scheme, credential.privateKey);
  checkKeyId(scheme, credential.keyId);
}

function checkKind(scheme: PublicKeyScheme, { kind }: PublicKey | PrivateKey): void {
  const wanted = keyKindOf(scheme);
  if (kind === wanted) return;
  throw new CountersignError('key/kind', `${scheme.id} needs a key of the kind ${wanted}; this one is ${kind}`);
}
