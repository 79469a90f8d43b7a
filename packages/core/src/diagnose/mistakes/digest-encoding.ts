import type { DigestEncoding } from '../../digest/algorithms.ts';
import { isOwnEncoding } from '../reading/received-signature.ts';
import { inWords } from '../text/digest-spellings.ts';
import { signatureFixes } from '../fixes/digest.ts';
import type { MistakeClass } from '../search/mistake-class.ts';

interface Written {
  readonly kind: 'encoding';
  readonly encoding: string;
}

const encodingWords: Readonly<Record<DigestEncoding, string>> = {
  base64: 'base64',
  base64url: 'base64url without padding',
  hex: 'lower-case hexadecimal',
  'upper-hex': 'upper-case hexadecimal',
};

/** The right MAC in another encoding. Costs the search nothing: the received text is decoded in every way beforehand. */
export const digestEncoding: MistakeClass<Written> = {
  id: 'digest/encoding',
  rank: 450,
  needs: 'nothing',
  variesByService: true,
  speaksOf: (find, { scheme: { mac } }) =>
    find.kind === 'signature' && find.reading.extent === 'whole' && !isOwnEncoding(find.reading, mac)
      ? { kind: 'encoding', encoding: inWords(find.reading.encoding) }
      : undefined,
  say: (detail, { yours, evidence }) =>
    `The signature is the right digest written as ${detail.encoding} (${yours.slice(0, 24)}…); the scheme writes it as ${encodingWords[evidence.scheme.mac.encoding]}.`,
  fixes: ({ scheme }) => signatureFixes(scheme),
};
