import { prepareMac } from '#digest';
import { hashOf, type HashAlgorithm, type MacAlgorithm } from '../../digest/algorithms.ts';
import type { OptionWords } from '../../option-words.ts';
import type { Scheme } from '../../scheme.ts';
import { signatureFixes } from '../fixes/digest.ts';
import type { ConstructMove, MistakeClass } from '../search/mistake-class.ts';

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
  // HMAC-MD5 is as long as the hash that such an account has in its place.
  constructs: ({ scheme: { mac } }) => (mac.algorithm === 'md5-suffix' ? [hmacMd5] : []),
  speaksOf: (find, { scheme: { mac } }) =>
    find.kind === 'signature' && find.reading.algorithm !== hashOf(mac.algorithm)
      ? { kind: 'algorithm', algorithm: find.reading.algorithm }
      : undefined,
  say: ({ algorithm }, { evidence: { scheme, ask } }) =>
    `The signature is an HMAC-${algorithm.toUpperCase()}; the scheme uses ${macWords(scheme.mac.algorithm)}.${choiceWords(scheme, algorithm, ask)}`,
  fixes: ({ scheme }) => signatureFixes(scheme),
};

const hmacMd5: ConstructMove<Hash> = {
  detail: { kind: 'algorithm', algorithm: 'md5' },
  cost: 1,
  prepare: (key, algorithm) => prepareMac(algorithm, key),
};

function macWords(algorithm: MacAlgorithm): string {
  return algorithm === 'md5-suffix'
    ? 'the MD5 of the string with the secret behind it'
    : `HMAC-${algorithm.toUpperCase()}`;
}

/** Where an account chooses, what was judged may be the wrong choice, and the signature right. */
function choiceWords({ mac: { choices = {} } }: Scheme, algorithm: HashAlgorithm, ask: OptionWords): string {
  const choice = Object.keys(choices).find((name) => choices[name]?.algorithm === algorithm);
  return choice === undefined
    ? ''
    : ` An account chooses how to sign: where it is set to ${choice}, the signature is right, and so it is judged with ${ask('mac', choice)}.`;
}
