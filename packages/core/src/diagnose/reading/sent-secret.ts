import { basicPair } from './basic-pair.ts';
import type { Evidence } from './evidence.ts';
import { secretText } from '../text/secret-text.ts';
import { percentDecoded } from './unescaped-authorization.ts';

/** A shorter text may stand anywhere by chance. */
const shortest = 8;

/** The place in which the request carries the very secret, as words: `the header api-key`. */
export function sentSecret({ message, credential }: Pick<Evidence, 'message' | 'credential'>): string | undefined {
  const secret = secretText(credential.secret).trim();
  if (secret.length < shortest) return undefined;
  for (const [name, value] of message.headers) {
    const [, encoded = ''] = /^Basic\s+(\S+)$/i.exec(value) ?? [];
    if (value.includes(secret) || basicPair(encoded)?.password.includes(secret)) return `the header ${name}`;
  }
  return percentDecoded(message.target).includes(secret) ? 'the URL' : undefined;
}
