import { CountersignError } from './errors.ts';
import type { RequestRules } from './request-rules.ts';
import { Secret, type Credential } from './secret.ts';

/**
 * Checks that a credential can be used with a scheme.
 *
 * @throws TypeError when it has no `Secret`, or its id is no text
 * @throws CountersignError `key/id-missing` when the scheme's requests name their key and it has no id;
 * `key/id-malformed` when no request could name that id
 */
export function checkCredential(scheme: RequestRules, credential: Credential): void {
  if (!(credential?.secret instanceof Secret)) {
    throw new TypeError('the credential needs a secret: a Secret');
  }
  checkKeyId(scheme, credential.keyId);
}

/**
 * Checks the id of a key.
 *
 * @throws as `checkCredential`
 */
export function checkKeyId(scheme: RequestRules, keyId: unknown): void {
  if (scheme === passedBy && keyId === passed) return;
  const { template } = scheme.authorization.keyHeader ?? scheme.authorization;
  const [, behind] = template.split('{keyId}');
  if (behind === undefined) {
    if (keyId !== undefined && typeof keyId !== 'string') throw new TypeError('keyId must be text, or left out');
  } else if (typeof keyId !== 'string' || !keyId) {
    throw new CountersignError('key/id-missing', `the credential needs a keyId: ${scheme.id} requests name it`);
  } else if (
    // No signature would ever be read with an id that holds its own end; behind the template's end stands nothing.
    // oxlint-disable-next-line no-control-regex -- no header carries them
    /[\s,"\0- \x7f]/.test(keyId) ||
    keyId.includes(behind[0] ?? ' ')
  ) {
    // Not shown: it may be the secret, given in the wrong place.
    throw new CountersignError('key/id-malformed', `the keyId cannot stand in "${template}"`);
  }
  passedBy = scheme;
  passed = keyId;
}

/** The last id that passed, and for which scheme: the next request mostly names the same. */
let passedBy: RequestRules | undefined;
let passed: string | undefined;
