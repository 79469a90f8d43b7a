import type { NoteClass } from '../report/note-class.ts';
import { configuredCredential, userOf } from '../reading/basic-credential.ts';
import type { Evidence } from '../reading/evidence.ts';
import { sameKeyId } from '../reading/key-id.ts';
import { otherApi } from '../reading/other-api.ts';
import { secretText } from '../text/secret-text.ts';
import { visible } from '../text/visible.ts';

/** Basic authentication: no signature, and where the provider takes it, no mistake either. */
export const schemeBasic: NoteClass = {
  id: 'scheme/basic',
  note: ({ evidence }) => {
    const { foreign, authorization, provider } = evidence;
    if (foreign?.kind !== 'basic' || authorization) return undefined;
    if (otherApi(evidence))
      return 'This is Basic authentication, which is no signature. Whether its key and secret are right cannot be told by those of an application.';
    const limit = provider?.alsoTakes?.basic;
    return limit === undefined
      ? 'This is Basic authentication, a user name and a password: it is no signature, and this scheme does not take it.'
      : `This is Basic authentication, which is no signature: ${whatItHolds(evidence)} ${limit}`;
  },
};

function whatItHolds(evidence: Evidence): string {
  const { foreign, credential } = evidence;
  if (!foreign?.pair)
    return 'what follows the word is not the base64 text of "key:secret", with the secret as the text that you were given.';
  if (configuredCredential(evidence))
    return 'the key and the secret in it are those you gave, and nothing in it speaks of method, path or body.';
  return departure(visible(userOf(foreign.pair.user)), foreign.pair.password, credential);
}

function departure(user: string, password: string, { keyId, secret }: Evidence['credential']): string {
  const text = secretText(secret);
  if (user === text || sameKeyId(password, keyId))
    return 'the secret stands in it before the key, and the key belongs before the secret.';
  if (password === text) {
    const how = sameKeyId(user, keyId) ? 'in another spelling than' : 'and not';
    return `the secret in it is the one you gave, but it names the key "${user}" ${how} "${keyId}".`;
  }
  const named =
    user === keyId
      ? `the key in it is "${keyId}", as you gave it, but the secret`
      : `the key in it is "${user}" and not "${keyId}", and the secret`;
  if (password.trim() === text) return `${named} has white space at an end: a newline of echo, perhaps.`;
  return `${named} is not the one you gave. It goes there as text, not decoded.`;
}
