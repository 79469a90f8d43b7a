import { readClaims } from '@countersign/core/claims';
import type { Message } from '@countersign/core/message';
import { keyKindOf, type PublicKeyScheme } from '@countersign/core/public-key-scheme';
import { publicKeySchemes, schemes } from '@countersign/core/schemes/catalog';
import { badInput } from './failure.ts';
import { schemeOfMessage } from './recognize-scheme.ts';

/** The scheme of an id that a private key signs for; `undefined` where it is none of those. */
export function publicKeySchemeById(id: string | undefined): PublicKeyScheme | undefined {
  return publicKeySchemes.find((scheme) => scheme.id === id);
}

/** What chooses such a scheme. */
interface Choosing {
  readonly scheme?: string;
  readonly schemeFile?: string;
  readonly publicKey?: string;
}

/**
 * The scheme of a received request, where a private key signs for it: the one that was named, or one that the request looks
 * like. A request that also carries a signature by a shared secret is of this kind where a public key is given.
 *
 * @param kindOf the kind of the key that is given
 * @throws CommandFailure when a public key is given for a request or a scheme that takes none
 */
export function publicKeySchemeOf(
  { scheme, schemeFile, publicKey }: Choosing,
  message: Message,
  kindOf: (publicKey: string) => ReturnType<typeof keyKindOf> | undefined,
): PublicKeyScheme | undefined {
  const named = publicKeySchemeById(scheme);
  if (named) return named;
  if (scheme !== undefined || schemeFile !== undefined) {
    if (publicKey === undefined) return undefined;
    throw badInput('usage/public-key', `--public-key is for schemes that a private key signs for: ${idsText()}`);
  }
  const fitting = publicKeySchemes.filter((candidate) => {
    const read = readClaims(candidate, message);
    return read.ok || !read.code.startsWith('authorization/');
  });
  // Where requests may leave out how they were signed, the kind of the key says it.
  const kind = fitting.length > 1 && publicKey !== undefined ? kindOf(publicKey) : undefined;
  const recognized = fitting.find((candidate) => keyKindOf(candidate) === kind) ?? fitting[0];
  if (publicKey !== undefined) {
    if (recognized) return recognized;
    throw badInput(
      'scheme/unrecognized',
      `the request looks like none of those that a private key signs for; give --scheme (${idsText()})`,
    );
  }
  return recognized && schemeOfMessage(schemes, message) === undefined ? recognized : undefined;
}

function idsText(): string {
  return publicKeySchemes.map(({ id }) => id).join(', ');
}
