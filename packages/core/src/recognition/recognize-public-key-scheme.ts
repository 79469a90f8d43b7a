import { readClaims } from '../claims.ts';
import type { PublicKey } from '../keys/public-key.ts';
import type { Message } from '../message.ts';
import { keyKindOf, type PublicKeyScheme } from '../public-key-scheme.ts';

/**
 * The scheme in whose form a private key signed a request, or `undefined`.
 *
 * @param kind the kind of the public key at hand: where requests may leave out how they were signed, it says it
 */
export function publicKeySchemeOfMessage(
  schemes: readonly PublicKeyScheme[],
  message: Message,
  kind: PublicKey['kind'] | undefined,
): PublicKeyScheme | undefined {
  const fitting = schemes.filter((candidate) => {
    const read = readClaims(candidate, message);
    return read.ok || !read.code.startsWith('authorization/');
  });
  return fitting.find((candidate) => keyKindOf(candidate) === kind) ?? fitting[0];
}
