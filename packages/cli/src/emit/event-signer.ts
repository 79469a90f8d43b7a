import type { PrivateKey } from '@countersign/core/private-key';
import type { PublicKeyScheme } from '@countersign/core/public-key-scheme';
import type { Scheme } from '@countersign/core/scheme';
import type { Credential } from '@countersign/core/secret';
import type { EventToken, TokenKey } from '@countersign/server/ready-events';
import {
  dateSignedAt,
  keySignedMessage,
  signedMessage,
  withHeaders,
  type WholeMessage,
} from '../requests/signed-message.ts';

/** Proves events as their provider does. */
export interface EventSigner {
  /** A scheme's id, or a token's. */
  readonly scheme: string;
  /** The message as its provider would send it at that time. */
  readonly sign: (unsigned: WholeMessage, at: Date) => Promise<WholeMessage>;
}

/** Signs by a scheme. */
export function schemeSigner(scheme: Scheme, credential: Credential): EventSigner {
  return {
    scheme: scheme.id,
    sign: async (unsigned, at) => signedMessage(scheme, credential, unsigned, { date: dateSignedAt(scheme, at) }),
  };
}

/** Signs with a private key, as if it were the provider's. */
export function keyPairSigner(scheme: PublicKeyScheme, privateKey: PrivateKey): EventSigner {
  return { scheme: scheme.id, sign: (unsigned, at) => keySignedMessage(scheme, privateKey, unsigned, { date: at }) };
}

/** Adds a token of its own, for that audience. */
export function tokenSigner(token: EventToken, audience: string, key: TokenKey): EventSigner {
  return {
    scheme: token.id,
    sign: async (unsigned, at) =>
      withHeaders(unsigned, [['Authorization', await token.authorization(audience, at, key)]]),
  };
}

/** Sends events as they are: their provider proves nothing. */
export const noSigner: EventSigner = { scheme: 'none', sign: async (unsigned) => unsigned };
