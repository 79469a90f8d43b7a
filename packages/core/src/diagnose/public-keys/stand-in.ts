import { readClaims } from '../../claims.ts';
import type { Header, Message } from '../../message.ts';
import { writeAuthorization } from '../../places/authorization.ts';
import type { PublicKeyScheme } from '../../public-key-scheme.ts';
import type { Scheme } from '../../scheme.ts';
import { Secret } from '../../secret.ts';
import { declaredAuthorization } from '../reading/declared-signature.ts';

/** Signs in the place of a private key. It is no secret: what it signs never leaves the diagnosis. */
export const standInSecret = new Secret('stands in for a private key', 'utf8');

/**
 * The same scheme with a shared secret. All of the diagnosis but the signature itself asks for parts, dates and bodies, which
 * are the same: so it is told which string was signed by a signature that it can compute.
 */
export function standInScheme(scheme: PublicKeyScheme): Scheme {
  const { publicKey: _, ...rules } = scheme;
  return { ...rules, key: { encoding: 'utf8' }, mac: { algorithm: 'sha256', encoding: 'base64' } };
}

/** The request as if the stand-in had signed that string; as it is where it carries no signature. */
export function standInMessage(scheme: PublicKeyScheme, message: Message, signed: Uint8Array): Message {
  const signature = standInSecret.mac('sha256').text(signed, 'base64');
  const { authorization } = scheme;
  const isIt = (name: string): boolean => name.toLowerCase() === authorization.header.toLowerCase();
  const declared = scheme.components && declaredAuthorization(standInScheme(scheme), message);
  if (declared) {
    // What stands around the signature may be a mistake of its own.
    const { sentSignature } = declared;
    const written = ([name, value]: Header): Header => [name, value.replace(sentSignature, signature)];
    return { ...message, headers: message.headers.map((line) => (isIt(line[0]) ? written(line) : line)) };
  }
  const read = readClaims(scheme, message);
  if (!read.ok) return message;
  const { keyId, signedHeaders, date, fields } = read.claims;
  const value = writeAuthorization(authorization, { keyId, signedHeaders, date, ...fields, signature });
  return { ...message, headers: message.headers.map((line) => (isIt(line[0]) ? [line[0], value] : line)) };
}
