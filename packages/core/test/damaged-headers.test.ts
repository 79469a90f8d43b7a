import { defineScheme, type Scheme } from '@countersign/core/scheme';
import { shopifyOauth } from '@countersign/core/schemes/shopify-oauth';
import { verify } from '@countersign/core/verify';
import { describe, expect, test } from 'vitest';
import { schemeVectors, signedVector, vectorCredential } from './conformance/vectors.ts';

// The headers that carry a scheme's signature, time and nonce, twice or as what they are not: each is a refusal that says so.

const samples = schemeVectors.map(({ scheme, sign: [vector] }) => {
  if (!vector) throw new Error(`no vector of ${scheme.id}`);
  return { scheme, credential: vectorCredential(vector, scheme), request: signedVector(vector) };
});

const signatureHeaders = ({ authorization }: Scheme): string[] =>
  [authorization.header, authorization.keyHeader?.header ?? ''].filter((name) => name !== '');

describe.each(samples)('$scheme.id', ({ scheme, credential, request }) => {
  const refusal = (headers: typeof request.headers): string => {
    const result = verify(scheme, credential, { ...request, headers }, { toleranceSeconds: Number.POSITIVE_INFINITY });
    return result.ok ? 'accepted' : result.code;
  };

  test('refuses each header of its own that comes twice', () => {
    const own = [
      ...signatureHeaders(scheme),
      ...(scheme.date?.headers.slice(0, 1) ?? []),
      ...scheme.parts.flatMap(({ source }) =>
        source.from === 'header' && source.absent === 'refused' ? [source.header] : [],
      ),
    ];
    for (const name of own) {
      const [line] = request.headers.filter(([spelled]) => spelled.toLowerCase() === name);
      if (!line) continue;
      expect(refusal([...request.headers, line]), name).toMatch(/\/(?:duplicate|malformed)$/);
    }
  });

  test.each(['', ' ', ',', '=', '\0', '\ud800', '💥', 'a'.repeat(100_000), ','.repeat(100_000), '='.repeat(100_000)])(
    'refuses a signature header that is %.20j',
    (value) => {
      const [name] = signatureHeaders(scheme);
      if (name === undefined) return;
      const headers = request.headers.filter(([spelled]) => spelled.toLowerCase() !== name);
      expect(refusal([...headers, [name, value]])).toMatch(/^(?:authorization|signature)\/malformed$/);
    },
  );
});

test('a query does not sign the time that is read from a form', () => {
  const [part] = shopifyOauth.parts;
  const parts = [{ ...part, source: { ...part?.source, in: 'query' } }] as unknown as Scheme['parts'];
  expect(() => defineScheme({ ...shopifyOauth, parts })).toThrow('`date` is not signed');
});
