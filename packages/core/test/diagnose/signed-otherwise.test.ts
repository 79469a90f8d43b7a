import { createHash, createHmac } from 'node:crypto';
import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import { message, type Header } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { agora } from '@countersign/core/schemes/agora';
import { azureSas } from '@countersign/core/schemes/azure-sas';
import { azureStorageSharedKeyLite } from '@countersign/core/schemes/azure-storage-sharedkeylite';
import { azureStorageSharedKey } from '@countersign/core/schemes/azure-storage-sharedkey';
import { schemes } from '@countersign/core/schemes/catalog';
import { twilio } from '@countersign/core/schemes/twilio';
import { vippsMobilepay } from '@countersign/core/schemes/vipps-mobilepay';
import { expect, test } from 'vitest';

// Single slips that need a request of their own, signed with `node:crypto` alone.

const now = new Date('2026-03-10T08:15:30Z');
const date = now.toUTCString();

interface Asked {
  readonly secret: string;
  readonly keyId?: string;
  readonly method?: string;
  readonly url: string;
  readonly headers: readonly Header[];
  readonly body?: string;
}

function found(scheme: Scheme, { secret, keyId, method = 'POST', url, headers, body = '' }: Asked): Diagnosis {
  const request = message({ method, url, headers: [['Host', new URL(url).host], ...headers], body });
  const options = { now, exactBody: true, callerHoldsKey: true, otherSchemes: schemes };
  return diagnose(scheme, { secret, ...(keyId !== undefined && { keyId }) }, request, options);
}
const ids = ({ verdict, mistakes }: Diagnosis): string[] => [verdict, ...mistakes.map(({ id }) => id)];

test('values of one name that were joined by commas in the order sent are found, as those that were sorted first', () => {
  const url = 'https://hooks.example.com/sms';
  for (const joined of ['b,a', 'a,b']) {
    const signature = createHmac('sha1', 'token').update(`${url}FromxMediaUrl${joined}`).digest('base64');
    const judged = found(twilio, {
      secret: 'token',
      url,
      headers: [
        ['Content-Type', 'application/x-www-form-urlencoded'],
        ['X-Twilio-Signature', signature],
      ],
      body: 'MediaUrl=b&From=x&MediaUrl=a',
    });
    expect(ids(judged)).toEqual(['explained', 'parameters/set']);
    expect(judged.mistakes[0]?.summary).toContain('joined by commas');
  }
});

test('a shared access signature whose end is over is said to be, though by less than a clock may differ', () => {
  const resource = encodeURIComponent('https://ns.servicebus.windows.net/eh1');
  const tokenUntil = (seconds: number): readonly Header[] => {
    const until = Math.floor(now.getTime() / 1000) + seconds;
    const signature = createHmac('sha256', 'key').update(`${resource}\n${until}`).digest('base64');
    const value = `SharedAccessSignature sr=${resource}&sig=${encodeURIComponent(signature)}&se=${until}&skn=Root`;
    return [['Authorization', value]];
  };
  const asked = { secret: 'key', keyId: 'Root', url: 'https://ns.servicebus.windows.net/eh1/messages' };
  expect(ids(found(azureSas, { ...asked, headers: tokenUntil(60) }))).toEqual(['valid']);
  const over = found(azureSas, { ...asked, headers: tokenUntil(-60) });
  expect(ids(over)).toEqual(['valid', 'date/clock-skew']);
  expect(over.mistakes[0]?.summary).toContain(
    'The signature is CORRECT; it was good until 2026-03-10T08:14:30.000Z, which is 1 min ago',
  );
});

test('a key that was decoded as another provider of the same string decodes it is a matter of the key', () => {
  const secret = Buffer.from('0123456789abcdef0123456789abcdef').toString('base64');
  const hash = createHash('sha256').update('{}').digest('base64');
  const signature = createHmac('sha256', Buffer.from(secret, 'base64'))
    .update(`POST\n/hooks?x=1\n${date};shop.example;${hash}`)
    .digest('base64');
  const list = 'x-ms-date;host;x-ms-content-sha256';
  const judged = found(vippsMobilepay, {
    secret,
    url: 'https://shop.example/hooks?x=1',
    headers: [
      ['x-ms-date', date],
      ['x-ms-content-sha256', hash],
      ['Authorization', `HMAC-SHA256 SignedHeaders=${list}&Signature=${signature}`],
    ],
    body: '{}',
  });
  expect(ids(judged)).toEqual(['explained', 'key/encoding']);
});

test('the date in the line of the header that it supersedes is a header too many', () => {
  const key = Buffer.from('0123456789abcdef0123456789abcdef');
  const signed = `GET\n\n\n\n\n\n${date}\n\n\n\n\n\nx-ms-date:${date}\nx-ms-version:2021-08-06\n/acc/cont`;
  const judged = found(azureStorageSharedKey, {
    secret: key.toString('base64'),
    keyId: 'acc',
    method: 'GET',
    url: 'https://acc.blob.core.windows.net/cont',
    headers: [
      ['x-ms-date', date],
      ['x-ms-version', '2021-08-06'],
      ['Authorization', `SharedKey acc:${createHmac('sha256', key).update(signed).digest('base64')}`],
    ],
  });
  expect(ids(judged)).toEqual(['explained', 'header/signed-set']);
  expect(judged.mistakes[0]?.summary).toContain('date was signed too');
});

test("a signature in the form of one scheme over the string of another is told to be the other's", () => {
  const key = Buffer.from('0123456789abcdef0123456789abcdef');
  const lines = `x-ms-date:${date}\nx-ms-version:2021-08-06\n`;
  const signed = `GET\n\n\n\n\n\n\n\n\n\n\n\n${lines}/acc/cont\ncomp:list`;
  const judged = found(azureStorageSharedKeyLite, {
    secret: key.toString('base64'),
    keyId: 'acc',
    method: 'GET',
    url: 'https://acc.blob.core.windows.net/cont?comp=list',
    headers: [
      ['x-ms-date', date],
      ['x-ms-version', '2021-08-06'],
      ['Authorization', `SharedKeyLite acc:${createHmac('sha256', key).update(signed).digest('base64')}`],
    ],
  });
  expect(ids(judged)).toEqual(['explained', 'scheme/other']);
  expect(judged.mistakes[0]?.summary).toBe(
    'The signature is right by another scheme, Azure Storage Shared Key (azure-storage-sharedkey), and stands where and as Azure Storage Shared Key Lite (azure-storage-sharedkeylite) has it.',
  );
});

test("a notification of Agora with nothing but its older signature is that scheme's", () => {
  const signature = createHmac('sha1', 'secret').update('{"noticeId":"1"}').digest('hex');
  const judged = found(agora, {
    secret: 'secret',
    url: 'https://app.example.com/agora',
    headers: [['Agora-Signature', signature]],
    body: '{"noticeId":"1"}',
  });
  expect(ids(judged)).toEqual(['explained', 'scheme/other']);
  expect(judged.mistakes[0]?.summary).toContain('(agora-v1)');
});
