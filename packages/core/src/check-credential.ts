import { isKeyId } from './canonical/authorization.ts';
import { CountersignError } from './errors.ts';
import { namesKey, type Scheme } from './scheme.ts';
import { Secret, type Credential } from './secret.ts';

/**
 * Checks that a credential can be used with a scheme.
 *
 * @throws TypeError when it has no `Secret`, or its id is no text
 * @throws CountersignError `key/id-missing` when the scheme's requests name their key and it has no id;
 * `key/id-malformed` when no request could name that id
 */
export function checkCredential(scheme: Scheme, credential: Credential): void {
  if (!(credential?.secret instanceof Secret)) {
    throw new TypeError('the credential needs a secret: new Secret(text, encoding)');
  }
  const { keyId } = credential;
  if (!namesKey(scheme)) {
    if (keyId === undefined || typeof keyId === 'string') return;
    throw new TypeError('keyId must be text, or left out');
  }
  if (typeof keyId !== 'string' || keyId === '') {
    throw new CountersignError('key/id-missing', `${scheme.id} requests name their key: the credential needs a keyId`);
  }
  // Not shown: it may be the secret, given in the wrong place.
  if (!isKeyId(scheme.authorization, keyId)) {
    throw new CountersignError('key/id-malformed', `the keyId cannot stand in "${scheme.authorization.template}"`);
  }
}
