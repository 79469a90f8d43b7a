import { prepareMac } from '#digest';
import { bytesOf, encodeBase64, encodeHex } from '../../canonical/byte-encoding.ts';
import { signatureFixes } from '../fixes/digest.ts';
import type { ConstructMove, Finding, MistakeClass } from '../search/mistake-class.ts';
import { keyFingerprint, secretText } from '../text/secret-text.ts';
import type { Evidence } from '../reading/evidence.ts';
import { withoutEnd } from '../../canonical/trimming.ts';

type Swap = { readonly kind: 'arguments' } | { readonly kind: 'key sent'; readonly fingerprint: string };

/** HMAC's two arguments the wrong way round, or the key sent where the signature belongs. */
export const keySwappedWithMessage: MistakeClass<Swap> = {
  id: 'key/swapped-with-message',
  rank: 60,
  needs: 'nothing',
  finding: 'alone',
  lint: keySentAsSignature,
  constructs,
  say: (detail) =>
    detail.kind === 'arguments'
      ? 'The arguments of HMAC are swapped: the string to sign was used as the key, and the key as the message.'
      : `The key itself (${detail.fingerprint}) was sent where the signature belongs. Replace that key: it has been on the wire.`,
  // Each computes the whole signature, with the key where each language's HMAC wants it.
  fixes: ({ scheme }) => signatureFixes(scheme),
};

function* constructs(): Generator<ConstructMove<Swap>> {
  yield {
    detail: { kind: 'arguments' },
    cost: 2,
    prepare: (key, algorithm) => ({
      text: (data, encoding) => prepareMac(algorithm, bytesOf(data)).text(key, encoding),
    }),
  };
}

function keySentAsSignature({ authorization, credential }: Evidence): Finding<Swap> | undefined {
  const signature = authorization?.fields.signature;
  if (signature === undefined) return undefined;
  const text = secretText(credential.secret);
  const bytes = bytesOf(text);
  const spellings = [text, text.trim(), encodeBase64(bytes), encodeHex(bytes), withoutEnd(text, '=')];
  if (text === '' || !spellings.includes(signature)) return undefined;
  return {
    detail: { kind: 'key sent', fingerprint: keyFingerprint(text) },
    part: 'signature',
    yours: '[the key]',
    expected: '[the signature]',
  };
}
