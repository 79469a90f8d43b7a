import { encodeHex } from '../canonical/byte-encoding.ts';
import type { KeyKind } from '../digest/signature-algorithms.ts';
import { derTag, readDer, type DerValue } from './der.ts';

/** Object identifiers in the bytes of DER, in hexadecimal (RFC 8410 §3, RFC 5480 §2.1.1, RFC 4055). */
export const oids = {
  ed25519: '2b6570',
  ecPublicKey: '2a8648ce3d0201',
  p256: '2a8648ce3d030107',
  p384: '2b81040022',
  rsa: '2a864886f70d010101',
  rsaPss: '2a864886f70d01010a',
} as const;

/** Kinds of keys that no known scheme signs with, so that they are told by name. */
const others: Readonly<Record<string, string>> = {
  '2b6571': 'Ed448',
  '2b656e': 'X25519, which agrees on secrets and signs nothing',
  '2b656f': 'X448, which agrees on secrets and signs nothing',
  '2a8648ce380401': 'DSA',
  '2b81040023': 'EC on the curve P-521',
  '2b8104000a': 'EC on the curve secp256k1',
};

/** The kind of key that an AlgorithmIdentifier names, or in words what it names instead; `undefined` where it is none. */
export function kindOf(algorithm: DerValue | undefined): KeyKind | { readonly other: string } | undefined {
  const [id, parameters] = (algorithm?.tag === derTag.sequence && readDer(algorithm.content)) || [];
  if (id?.tag !== derTag.oid) return undefined;
  const oid = encodeHex(id.content);
  if (oid === oids.ed25519 && parameters === undefined) return 'ed25519';
  if (oid === oids.rsa || oid === oids.rsaPss) return 'rsa';
  if (oid !== oids.ecPublicKey) return { other: others[oid] ?? 'a kind that is not known here' };
  const curve = parameters?.tag === derTag.oid ? encodeHex(parameters.content) : '';
  if (curve === oids.p256) return 'ec-p256';
  if (curve === oids.p384) return 'ec-p384';
  return { other: others[curve] ?? 'EC on a curve that is not known here' };
}

/** What people call a kind of key. */
export const kindTitles: Readonly<Record<KeyKind, string>> = {
  ed25519: 'Ed25519',
  'ec-p256': 'EC on the curve P-256',
  'ec-p384': 'EC on the curve P-384',
  rsa: 'RSA',
};
