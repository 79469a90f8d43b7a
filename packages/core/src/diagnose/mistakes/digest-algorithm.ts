import { hashOf, type HashAlgorithm, type MacAlgorithm } from '../../digest/algorithms.ts';
import { signatureFixes } from '../fixes/digest.ts';
import type { MistakeClass } from '../search/mistake-class.ts';

interface Hash {
  readonly kind: 'algorithm';
  readonly algorithm: HashAlgorithm;
}

/** HMAC over another hash function. The length of the signature tells which. */
export const digestAlgorithm: MistakeClass<Hash> = {
  id: 'digest/algorithm',
  rank: 460,
  needs: 'nothing',
  variesByService: true,
  speaksOf: (find, { scheme: { mac } }) =>
    find.kind === 'signature' && find.reading.algorithm !== hashOf(mac.algorithm)
      ? { kind: 'algorithm', algorithm: find.reading.algorithm }
      : undefined,
  say: (detail, { evidence }) =>
    `The signature is an HMAC-${detail.algorithm.toUpperCase()}; the scheme uses ${macWords(evidence.scheme.mac.algorithm)}.`,
  fixes: ({ scheme }) => signatureFixes(scheme),
};

function macWords(algorithm: MacAlgorithm): string {
  return algorithm === 'md5-suffix'
    ? 'the MD5 of the string with the secret behind it'
    : `HMAC-${algorithm.toUpperCase()}`;
}
