import sendgridPackage from '@sendgrid/eventwebhook';
import { message } from '@countersign/core/message';
import { PrivateKey } from '@countersign/core/private-key';
import { sendgrid } from '@countersign/core/schemes/sendgrid';
import { standardWebhooksEd25519 } from '@countersign/core/schemes/standard-webhooks-ed25519';
import { standardWebhooks } from '@countersign/core/schemes/standard-webhooks';
import { telnyx } from '@countersign/core/schemes/telnyx';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { signAsync } from '@countersign/core/sign-async';
import { signedMessage } from '@countersign/core/signed-message';
import { verifyAsync } from '@countersign/core/verify-async';
import * as fc from 'fast-check';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import { TelnyxWebhook } from 'telnyx/lib/webhooks';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';

// The providers' own packages take what is signed here by a private key, and refuse what is changed afterwards. They have no
// private key to sign with.

const now = 1_717_000_000_000;
beforeAll(() => vi.useFakeTimers({ now, toFake: ['Date'] }));
afterAll(() => vi.useRealTimers());

const raw = (publicKey) => Buffer.from(publicKey.spki()).subarray(-32).toString('base64');

const packages = [
  {
    name: 'telnyx',
    scheme: telnyx,
    kind: 'ed25519',
    verifierOf: (publicKey) => {
      const webhook = new TelnyxWebhook(raw(publicKey));
      return (body, headers) => webhook.verify(body, headers);
    },
  },
  {
    name: '@sendgrid/eventwebhook',
    scheme: sendgrid,
    kind: 'ec-p256',
    verifierOf: (publicKey) => {
      const webhook = new sendgridPackage.EventWebhook();
      const key = webhook.convertPublicKeyToECDSA(Buffer.from(publicKey.spki()).toString('base64'));
      const [signature, time] = [
        sendgridPackage.EventWebhookHeader.SIGNATURE().toLowerCase(),
        sendgridPackage.EventWebhookHeader.TIMESTAMP().toLowerCase(),
      ];
      return (body, headers) => webhook.verifySignature(key, body, headers[signature], headers[time]);
    },
  },
];

const headersOf = ({ headers }) => Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
const textOf = ({ body }) => new TextDecoder().decode(body);

async function takes(verify, request) {
  try {
    return (await verify(textOf(request), headersOf(request))) !== false;
  } catch {
    return false;
  }
}

describe.each(packages)('$name', ({ scheme, kind, verifierOf }) => {
  test('takes what is signed here, and refuses, as we do, what was changed afterwards', async () => {
    const privateKey = await PrivateKey.generate(kind);
    const publicKey = await privateKey.publicKey();
    const verify = verifierOf(publicKey);
    await fc.assert(
      fc.asyncProperty(fc.json(), async (text) => {
        const request = message({ method: 'POST', url: 'https://example.com/hook', body: `[${text}]\r\n` });
        const signed = signedMessage(request, await signAsync(scheme, { privateKey }, request));
        expect(await verifyAsync(scheme, { publicKey }, signed)).toMatchObject({ ok: true });
        expect(await takes(verify, signed)).toBe(true);
        const changed = { ...signed, body: new TextEncoder().encode(`[${text} ]\r\n`) };
        expect(await verifyAsync(scheme, { publicKey }, changed)).toMatchObject({
          ok: false,
          code: 'signature/mismatch',
        });
        expect(await takes(verify, changed)).toBe(false);
      }),
      { numRuns: 20, seed: 18 },
    );
  });
});

test('standardwebhooks takes its own signature beside an asymmetric one, and so do we', async () => {
  const privateKey = await PrivateKey.generate('ed25519');
  const secret = `whsec_${Buffer.from('the secret of these tests').toString('base64')}`;
  const headers = { 'webhook-id': 'msg_1' };
  const request = message({ method: 'POST', url: 'https://example.com/hook', headers, body: '{"a":1}' });
  const symmetric = sign(standardWebhooks, { secret: new Secret(secret, 'whsec') }, request);
  const asymmetric = await signAsync(standardWebhooksEd25519, { privateKey }, request);
  const [time] = asymmetric.headers;
  const value = `v1,${symmetric.signature} v1a,${asymmetric.signature}`;
  const both = { ...request, headers: [...request.headers, time, ['webhook-signature', value]] };
  expect(new StandardWebhook(secret).verify(textOf(both), headersOf(both))).toEqual({ a: 1 });
  const publicKey = await privateKey.publicKey();
  expect(await verifyAsync(standardWebhooksEd25519, { publicKey }, both)).toMatchObject({ ok: true });
  expect(await verifyAsync(standardWebhooks, { secret: new Secret(secret, 'whsec') }, both)).toMatchObject({
    ok: true,
  });
});
