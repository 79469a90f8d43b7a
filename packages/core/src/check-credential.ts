import { CountersignError } from './errors.ts';
import { namesKey, type Scheme } from './scheme.ts';
import { Secret, type Credential } from './secret.ts';

/**
 * Checks that a credential can be used with a scheme.
 *
 * @throws TypeError when it has no `Secret`
 * @throws CountersignError `key/id-missing` when the scheme's requests name their key and it has no id
 */
export function checkCredential(scheme: Scheme, credential: Credential): void {
  if (!(credential?.secret instanceof Secret)) {
    throw new TypeError('the credential needs a secret: new Secret(text, encoding)');
  }
  if (!(credential.keyId && typeof credential.keyId === 'string') && namesKey(scheme)) {
    throw new CountersignError('key/id-missing', `${scheme.id} requests name their key: the credential needs a keyId`);
  }
}
