import { createHmac } from 'node:crypto';
import { message } from '@countersign/core/message';
import { defineScheme, type Scheme } from '@countersign/core/scheme';
import { shopifyOauth } from '@countersign/core/schemes/shopify-oauth';
import { standardWebhooks } from '@countersign/core/schemes/standard-webhooks';
import { Secret } from '@countersign/core/secret';
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

test.each(['a.b', 'a|b', 'a.b|c'])(
  'a part that excludes several characters is refused with any of them: %s',
  (nonce) => {
    const parts = standardWebhooks.parts.map((part) =>
      part.excludes === undefined ? part : { ...part, excludes: '.|' },
    );
    const scheme = defineScheme({ ...standardWebhooks, parts });
    const headers = { 'webhook-id': nonce, 'webhook-timestamp': '1717000000', 'webhook-signature': 'v1,YWJj' };
    const credential = { secret: new Secret('whsec_c2VjcmV0', 'whsec') };
    const judged = verify(scheme, credential, message({ url: 'https://example.com/', headers, body: '{}' }));
    expect(judged).toMatchObject({ ok: false, code: 'header/malformed' });
  },
);

test.each([
  ['text', [0x7b, 0x7d]],
  ['text that begins with a byte order mark', [0xef, 0xbb, 0xbf, 0x7b, 0x7d]],
  ['line breaks and NUL', [13, 10, 0, 10]],
  ['bytes that are no UTF-8', [0xff, 0x7b, 0xc3]],
  ['half of a surrogate pair, as no encoder writes it', [0xed, 0xa0, 0x80]],
])('a body of %s is signed byte by byte', (_, bytes) => {
  const body = Uint8Array.from(bytes);
  const signed = Buffer.concat([Buffer.from('m1.1717000000.'), body]);
  const headers = {
    'webhook-id': 'm1',
    'webhook-timestamp': '1717000000',
    'webhook-signature': `v1,${createHmac('sha256', 'secret').update(signed).digest('base64')}`,
  };
  const request = message({ method: 'POST', url: 'https://example.com/', headers, body });
  const credential = { secret: new Secret('whsec_c2VjcmV0', 'whsec') };
  const now = new Date(1_717_000_000_000);
  expect(verify(standardWebhooks, credential, request, { now })).toMatchObject({ ok: true });
  const other = { ...request, body: Uint8Array.from([...bytes, 0xef, 0xbf, 0xbd]) };
  expect(verify(standardWebhooks, credential, other, { now })).toMatchObject({ code: 'signature/mismatch' });
});
