import { message } from '@countersign/core/message';
import { schemes } from '@countersign/core/schemes/catalog';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { signedMessage } from '@countersign/core/signed-message';
import { verify } from '@countersign/core/verify';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { deliveryOf, peers } from './peers.js';

// Ours and theirs: each provider's own package takes what is signed here, and what it signs is taken here.

const now = 1_717_000_000_000;
const origin = 'https://example.com';

beforeAll(() => vi.useFakeTimers({ now, toFake: ['Date'] }));
afterAll(() => vi.useRealTimers());

const jsonBodies = fc.json().map((text) => JSON.stringify({ text, name: 'Müller & Söhne ☎', price: 1.5 }, null, 1));
const words = fc.constantFrom('To', 'Digits', 'a b', 'Müller', '+15551234567', '100%', 'x&y=z', '☎', '', '*~', "it's");
const forms = fc.dictionary(fc.constantFrom('To', 'From', 'CallSid', 'Digits', 'a', 'A', 'Äö'), words, { minKeys: 1 });

/** A request, before it is signed. */
function requestOf(peer, { body, form }) {
  const text = peer.hasForm ? new URLSearchParams(form).toString() : body;
  return message({ method: 'POST', url: `${origin}/hook?a=1`, headers: peer.headers, body: text });
}

async function accepts(peer, request) {
  try {
    return (await peer.accepts(deliveryOf(request))) !== false;
  } catch {
    return false;
  }
}

/** The scheme of a package, and its key. */
function ours(peer) {
  const scheme = schemes.find(({ id }) => id === peer.scheme);
  const credential = {
    secret: new Secret(peer.secret, scheme.key.encoding),
    ...(peer.keyId !== undefined && { keyId: peer.keyId }),
  };
  return { scheme, credential, judge: (request) => verify(scheme, credential, request) };
}

const inputs = fc.record({ body: jsonBodies, form: forms });

describe.each(peers)('$package, $scheme', (peer) => {
  const { scheme, credential, judge } = ours(peer);

  test('takes what is signed here', async () => {
    await fc.assert(
      fc.asyncProperty(inputs, async (input) => {
        const request = requestOf(peer, input);
        const signed = signedMessage(request, sign(scheme, credential, request));
        expect(judge(signed)).toMatchObject({ ok: true });
        expect(await accepts(peer, signed)).toBe(true);
      }),
      { numRuns: 60, seed: 17 },
    );
  });

  test('refuses, as we do, what was changed afterwards', async () => {
    const request = requestOf(peer, { body: '{"a":1}', form: { a: '1' } });
    const { headers, ...signed } = signedMessage(request, sign(scheme, credential, request));
    const bodyIsSigned = peer.scheme !== 'plivo-v2';
    const changes = [
      ...(bodyIsSigned ? [{ body: new TextEncoder().encode(peer.hasForm ? 'a=2' : '{"a":2}') }] : []),
      {
        headers: headers.map(([name, value]) => [
          name,
          /signature|authorization/i.test(name) ? value.replace(/.{4}$/, 'AAA=') : value,
        ]),
      },
    ];
    for (const change of changes) {
      const changed = { headers, ...signed, ...change };
      expect(judge(changed)).toMatchObject({ ok: false });
      expect(await accepts(peer, changed)).toBe(false);
    }
  });
});

test.each(peers.filter(({ signs }) => signs))('what $package signs of $scheme is taken here', async (peer) => {
  const { judge } = ours(peer);
  await fc.assert(
    fc.asyncProperty(inputs, async (input) => {
      const request = requestOf(peer, input);
      const { headers = {}, url = origin + request.target } = await peer.signs(deliveryOf(request), now);
      const signed = {
        ...request,
        target: url.slice(origin.length),
        headers: [...request.headers, ...Object.entries(headers)],
      };
      expect(judge(signed)).toMatchObject({ ok: true });
    }),
    { numRuns: 60, seed: 17 },
  );
});

test('stripe takes a time that lies ten years ahead, which is refused here', async () => {
  const peer = peers.find(({ scheme }) => scheme === 'stripe');
  const { scheme, credential, judge } = ours(peer);
  const request = requestOf(peer, { body: '{}', form: {} });
  const date = new Date(now + 10 * 365 * 86_400_000);
  const signed = signedMessage(request, sign(scheme, credential, request, { date }));
  expect(await accepts(peer, signed)).toBe(true);
  expect(judge(signed)).toMatchObject({ ok: false, code: 'date/future' });
});

test('standardwebhooks takes a time with words behind it, which is refused here', async () => {
  const peer = peers.find(({ scheme }) => scheme === 'standard-webhooks');
  const { scheme, credential, judge } = ours(peer);
  const request = requestOf(peer, { body: '{}', form: {} });
  const { headers, ...signed } = signedMessage(request, sign(scheme, credential, request));
  const worded = headers.map(([name, value]) => [name, name === 'webhook-timestamp' ? `${value} or so` : value]);
  expect(await accepts(peer, { ...signed, headers: worded })).toBe(true);
  expect(judge({ ...signed, headers: worded })).toMatchObject({ ok: false, code: 'date/malformed' });
});
