import type { Message } from '@countersign/core/message';
import type { PublicKey } from '@countersign/core/public-key';
import type { PublicKeyScheme } from '@countersign/core/public-key-scheme';
import { publicKeySchemeOfMessage } from '@countersign/core/recognition/recognize-public-key-scheme';
import { schemeOfMessage } from '@countersign/core/recognition/recognize-scheme';
import { publicKeySchemes, schemes } from '@countersign/core/schemes/catalog';
import { badInput } from './failure.ts';

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
  kindOf: (publicKey: string) => PublicKey['kind'] | undefined,
): PublicKeyScheme | undefined {
  const named = publicKeySchemeById(scheme);
  if (named) return named;
  if (scheme !== undefined || schemeFile !== undefined) {
    if (publicKey === undefined) return undefined;
    throw badInput('usage/public-key', `--public-key is for schemes that a private key signs for: ${idsText()}`);
  }
  const kind = publicKey === undefined ? undefined : kindOf(publicKey);
  const recognized = publicKeySchemeOfMessage(publicKeySchemes, message, kind);
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
