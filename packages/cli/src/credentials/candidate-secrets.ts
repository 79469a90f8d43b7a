import { readClaims } from '@countersign/core/claims';
import { headerValue, type Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import type { Terminal } from '../terminal.ts';
import { developmentSecret, findSecret, type SecretOptions } from './find-credential.ts';
import type { FoundSecret } from './secret-source.ts';

/**
 * The secrets that a received request may have been signed with: the user's and, where the request can be the local
 * server's, the development account's beside it.
 */
export function candidateSecrets(
  scheme: Scheme,
  message: Message,
  options: SecretOptions,
  terminal: Pick<Terminal, 'env' | 'note' | 'hide'>,
): [FoundSecret, ...FoundSecret[]] {
  const read = readClaims(scheme, message);
  const claimedKeyId = read.ok ? read.claims.keyId : undefined;
  const host = headerValue(message.headers, 'host');
  const purpose = { host, ...(claimedKeyId !== undefined && { claimedKeyId }) };
  const found = findSecret(scheme, options, terminal.env, purpose);
  terminal.hide([found.text]);
  if (found.note !== undefined) terminal.note(found.note);
  const development = developmentSecret(scheme, purpose);
  return development && development.text !== found.text ? [found, development] : [found];
}
