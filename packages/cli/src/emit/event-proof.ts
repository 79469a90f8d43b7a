import type { PrivateKey } from '@countersign/core/private-key';
import type { PublicKey } from '@countersign/core/public-key';
import type { PublicKeyScheme } from '@countersign/core/public-key-scheme';
import type { Scheme } from '@countersign/core/scheme';
import { everyScheme, schemes } from '@countersign/core/schemes/catalog';
import type { Credential } from '@countersign/core/secret';
import type { EventToken, TokenKey } from '@countersign/server/ready-events';
import { credentialOf, findSecret, type SecretOptions } from '../credentials/find-credential.ts';
import { badInput } from '../failure.ts';
import { publicKeySchemeById } from '../public-key-schemes.ts';
import { schemeById } from '../scheme-by-id.ts';
import type { Terminal } from '../terminal.ts';
import { findKeyPair, publicKeyText } from './key-pair.ts';
import { findTokenKey, publicHalf } from './token-key.ts';

/** The options that point to what proves an event. */
export interface ProofOptions extends SecretOptions {
  readonly audience?: string;
  readonly keyFile?: string;
  readonly serveKeys?: unknown;
}

/** What proves an event: a scheme with its secret or its private key, or a token with its key. */
export type EventCredential =
  | { readonly by: 'scheme'; readonly scheme: Scheme; readonly credential: Credential; readonly account?: string }
  | {
      readonly by: 'key pair';
      readonly scheme: PublicKeyScheme;
      readonly privateKey: PrivateKey;
      readonly publicKey: PublicKey;
      readonly account?: undefined;
    }
  | {
      readonly by: 'token';
      readonly token: EventToken;
      readonly key: TokenKey;
      /** Whose event it is. */
      readonly account: string;
      readonly publicKey: ReturnType<typeof publicHalf>;
    };

/**
 * Finds what proves an event, and says on the terminal where the key comes from.
 *
 * @param named a scheme of the user's own, or the id of a scheme or token
 * @param authority where the event goes: for this machine there are public keys
 */
export async function findProof(
  named: string | Scheme,
  options: ProofOptions,
  tokens: readonly EventToken[],
  authority: string,
  terminal: Terminal,
): Promise<EventCredential> {
  const id = typeof named === 'string' ? named : named.id;
  const token = tokens.find((candidate) => candidate.id === named);
  if (token) return tokenProof(token, options, authority, terminal);
  const keyed = typeof named === 'string' ? publicKeySchemeById(named) : undefined;
  if (keyed) return keyPairProof(keyed, options, terminal);
  if ([options.audience, options.keyFile, options.serveKeys].some((option) => option !== undefined)) {
    throw badInput('usage/token', `--audience, --key-file and --serve-keys are of tokens, and ${id} is none`);
  }
  if (typeof named === 'string' && !schemes.some((scheme) => scheme.id === id)) {
    const ids = [...everyScheme, ...tokens].map((known) => known.id).join(', ');
    throw badInput('scheme/unknown', `there is no scheme "${id}"; known are ${ids}`);
  }
  const scheme = typeof named === 'string' ? schemeById(named) : named;
  const found = findSecret(scheme, options, terminal.env, { host: authority });
  const credential = credentialOf(scheme, found);
  terminal.hide([credential.secret]);
  if (found.note !== undefined) terminal.note(found.note);
  return { by: 'scheme', scheme, credential, ...(found.keyId !== undefined && { account: found.keyId }) };
}

async function keyPairProof(
  scheme: PublicKeyScheme,
  { audience, serveKeys, keyFile }: ProofOptions,
  terminal: Terminal,
): Promise<EventCredential> {
  if (audience !== undefined || serveKeys !== undefined)
    throw badInput('usage/token', `--audience and --serve-keys are of tokens, and ${scheme.id} is none`);
  const { privateKey, publicKey, origin } = await findKeyPair(scheme, keyFile);
  terminal.note(`signed with ${origin}; your receiver has to take this public key: ${publicKeyText(publicKey)}`);
  return { by: 'key pair', scheme, privateKey, publicKey };
}

async function tokenProof(
  token: EventToken,
  { audience = token.audience, keyFile }: ProofOptions,
  authority: string,
  terminal: Terminal,
): Promise<EventCredential> {
  const { key, origin } = await findTokenKey(token, keyFile, authority);
  const publicKey = publicHalf(key);
  terminal.note(`the token is signed with ${origin}, and is for ${audience}`);
  if (key !== token.developmentKey) terminal.note(trustNote(publicKey));
  return { by: 'token', token, key, account: audience, publicKey };
}

/** What the receiver has to know of a key of tokens. */
export function trustNote(publicKey: ReturnType<typeof publicHalf>): string {
  return `the receiver has to trust this key: ${JSON.stringify({ keys: [publicKey] })}`;
}
