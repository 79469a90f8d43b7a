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
  const { template } = scheme.authorization.keyHeader ?? scheme.authorization;
  if (template === latest.template && keyId === latest.keyId) return;
  const at = template.indexOf('{keyId}');
  if (at < 0) {
    if (keyId !== undefined && typeof keyId !== 'string') throw new TypeError('keyId must be text, or left out');
  } else if (typeof keyId !== 'string' || !keyId) {
    throw new CountersignError('key/id-missing', `the credential needs a keyId: ${scheme.id} requests name it`);
    // No signature would ever be read with an id that holds its own end; behind the template's end stands nothing.
    // oxlint-disable-next-line no-control-regex -- no header carries them
  } else if (/[\s,"\0- \x7f]/.test(keyId) || keyId.includes(template[at + '{keyId}'.length] || ' ')) {
    // Not shown: it may be the secret, given in the wrong place.
    throw new CountersignError('key/id-malformed', `the keyId cannot stand in "${template}"`);
  }
  latest = { template, keyId };
}

/** The last one that passed: a process has few, and looking at one costs a tenth of a signature. */
let latest: { readonly template?: string; readonly keyId?: unknown } = {};
