import { providerHints } from '@countersign/core/providers/provider-hints';
import { hasPublicKeys, type AnyScheme } from '@countersign/core/public-key-scheme';
import type { Scheme } from '@countersign/core/scheme';

/** Who signs: the provider (`incoming`), its users (`outgoing`), or both. */
export type Direction = 'incoming' | 'outgoing' | 'both';

/** Which way a scheme's requests go, as its user sees it. */
export function directionOf(scheme: AnyScheme): Direction {
  if (scheme.signer === 'provider') return 'incoming';
  return scheme.components || providerHints(scheme)?.signsCallbacks ? 'both' : 'outgoing';
}

/** What a signature is made with, in words. */
export function signatureWords(scheme: AnyScheme): string {
  if (!hasPublicKeys<Scheme>(scheme)) return macWords(scheme);
  const { algorithm, encoding, form } = scheme.publicKey;
  return `${algorithm} in ${encoding}${form === undefined ? '' : ` (${form})`}, verified with a public key`;
}

function macWords({ mac: { algorithm, encoding, choices = {} }, key }: Scheme): string {
  const name = algorithm === 'md5-suffix' ? 'MD5 with the secret behind' : `HMAC-${algorithm.toUpperCase()}`;
  const names = Object.keys(choices);
  const derived = key.derived ? ' under a derived key' : '';
  return `${name}${derived} in ${encoding}${names.length > 0 ? ` (a key may choose ${names.join(', ')})` : ''}`;
}

/** For how long a signature is good, in words. */
export function freshnessOf({ date }: AnyScheme): string {
  if (!date) return 'signs no time';
  if (date.expires) return 'until the time that it says';
  return `fresh for ${spanOf(date.toleranceSeconds)}`;
}

function spanOf(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600} h`;
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
}
