import { hashText, prepareMac } from '#digest';
import { bytesOf } from '../canonical/byte-encoding.ts';
import { concatBytes } from '../canonical/concat-bytes.ts';
import type { Data, HashAlgorithm, Mac } from '../digest/algorithms.ts';
import type { DerivedKeyRule } from '../places/derived-key.ts';
import { joinParts, type SignedPart } from './string-to-sign.ts';
import { writers, type DerivedFor, type SigningSecret } from '../places/writers.ts';

/** What is signed with a derived key: algorithm, date, steps, and the hash of the parts, a line each. */
export function scopedString({ algorithm, field }: DerivedKeyRule, { date, fields }: DerivedFor, data: Data): string {
  return [algorithm, date, fields?.[field] ?? '', hashText('sha256', data, 'hex')].join('\n');
}

/** The key that the steps give. */
export function derivedKey({ prefix }: DerivedKeyRule, secret: Uint8Array, scope: string): Uint8Array {
  let key = concatBytes([bytesOf(prefix), secret]);
  for (const step of scope.split('/')) key = prepareMac('sha256', key).bytes(step);
  return key;
}

/** A MAC over the parts: their hash goes into what is signed with the derived key. */
export function scopedMac(
  rule: DerivedKeyRule,
  key: Uint8Array,
  given: DerivedFor,
  algorithm: HashAlgorithm = 'sha256',
): Mac {
  const mac = prepareMac(algorithm, key);
  return {
    algorithm,
    bytes: (data) => mac.bytes(scopedString(rule, given, data)),
    text: (data, encoding) => mac.text(scopedString(rule, given, data), encoding),
  };
}

/** The key of the day, kept for as long as its secret: deriving it takes four MACs. */
const latest = new WeakMap<SigningSecret, { readonly scope: string; readonly key: Uint8Array }>();

function keyOf(rule: DerivedKeyRule, secret: SigningSecret, scope: string): Uint8Array {
  const known = latest.get(secret);
  if (known?.scope === scope) return known.key;
  const key = derivedKey(rule, secret.expose().bytes, scope);
  latest.set(secret, { scope, key });
  return key;
}

const { derived: plain } = writers;

writers.derived = (scheme, secret, given, algorithm) => {
  const { derived } = scheme.key;
  if (!derived) return plain(scheme, secret, given, algorithm);
  return scopedMac(derived, keyOf(derived, secret, given.fields?.[derived.field] ?? ''), given);
};

writers.shown = ({ key }, given, parts) => {
  const derived = key?.derived;
  if (!derived) return undefined;
  const canonicalRequest = joinParts(parts as readonly SignedPart[]);
  return { canonicalRequest, stringToSign: bytesOf(scopedString(derived, given, canonicalRequest)) };
};
