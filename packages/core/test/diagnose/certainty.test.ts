import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosis, type DiagnoseOptions } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { acsRequest, type Intent } from './broken-requests.ts';

const intent: Intent = {
  method: 'POST',
  host: 'contoso.communication.azure.com',
  path: '/sms',
  query: 'api-version=2021-03-07',
  contentType: 'application/json',
  body: '{"message":"Hello"}',
  at: new Date('2024-05-27T09:08:07Z'),
  secret: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==',
};
const otherKey = Buffer.from('b3RoZXIga2V5LCBvdGhlciBrZXksIG90aGVyIGtleSE=', 'base64');
const hashOf = (text: string): string => createHash('sha256').update(text).digest('base64');
const judge = (message: Message, options: DiagnoseOptions = {}): Diagnosis =>
  diagnose(acsHmac, { secret: intent.secret }, message, { now: intent.at, budget: { mistakes: 1 }, ...options });
const sure = ({ mistakes }: Diagnosis) => mistakes.map(({ id, certainty }) => `${id} ${certainty}`);

describe('a mistake is proven', () => {
  test('when the signature comes out with it', () => {
    expect(sure(judge(acsRequest(intent, (signing) => (signing.method = 'post'))))).toEqual(['method/case proven']);
  });

  test('when the content hash comes out with it, though the signature does not', () => {
    const message = acsRequest(intent, (signing) => {
      signing.key = otherKey;
      signing.hash = hashOf('');
    });
    expect(judge(message)).toMatchObject({ verdict: 'unexplained', mistakes: [{ certainty: 'proven', proven: true }] });
  });
});

describe('a mistake is certain', () => {
  test('when the content hash is of no known body, whatever the signature is', () => {
    const withHash = (key?: Buffer): Message =>
      acsRequest(intent, (signing) => {
        signing.hash = hashOf('a body that nobody sent');
        if (key) signing.key = key;
      });
    expect(sure(judge(withHash()))).toEqual(['content-hash/mismatch certain']);
    expect(judge(withHash()).mistakes[0]?.proven).toBe(false);
    expect(sure(judge(withHash(otherKey)))).toEqual(['content-hash/mismatch certain']);
  });

  test('when the header has another shape, beside what the search proved', () => {
    const message = acsRequest(intent, (signing) => {
      const { authorization } = signing;
      signing.authorization = (signature) => authorization(signature).replace('HMAC-SHA256 ', '');
      signing.method = 'post';
    });
    expect(sure(judge(message))).toEqual(['header/authorization-syntax certain', 'method/case proven']);
  });

  test('when the clock is far off, or the date has another format', () => {
    const iso = intent.at.toISOString();
    const message = acsRequest(intent, (signing) => (signing.date = signing.sentDate = iso));
    expect(sure(judge(message))).toEqual(['date/format certain']);
    expect(sure(judge(acsRequest(intent), { now: new Date('2024-05-28T09:08:07Z') }))).toEqual([
      'date/clock-skew certain',
    ]);
  });
});

describe('a mistake is likely', () => {
  test('when the signer’s own string suggests it and no signature was recomputed', () => {
    const message = acsRequest(intent, (signing) => (signing.key = otherKey));
    const yourStringToSign = `POST\n/sms?api-version=2021-03-07\n${intent.at.toUTCString()};${intent.host};${hashOf(intent.body)}`;
    expect(sure(judge(message, { yourStringToSign }))).toEqual(['key/other likely']);
  });
});
