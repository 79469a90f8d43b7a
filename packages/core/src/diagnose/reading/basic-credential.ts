import type { DiagnosisCredential } from '../diagnosis.ts';
import type { Evidence } from './evidence.ts';
import { secretText } from '../text/secret-text.ts';

/** The user name of a Basic pair without the word that older clients put before it (`application\KEY`). */
export function userOf(user: string): string {
  return user.replace(/^application\\/i, '');
}

/** The configured credential whose key and secret a Basic pair is. */
export function configuredCredential({ foreign, credential, options }: Evidence): DiagnosisCredential | undefined {
  const pair = foreign?.pair;
  if (!pair) return undefined;
  return [credential, ...(options.alsoSecrets ?? [])].find(
    ({ keyId, secret }) => keyId === userOf(pair.user) && secretText(secret) === pair.password,
  );
}
