import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { acsRequest, sinchKeyId, sinchRequest, type Intent, type Signing } from './broken-requests.ts';

// HMAC fills a key up with zero bytes to its block of 64, and hashes one that is longer (RFC 2104): what it cannot tell
// apart is no other key.

const intent: Intent = {
  method: 'POST',
  host: 'contoso.communication.azure.com',
  path: '/sms',
  query: '',
  contentType: 'application/json',
  body: '{"message":"Hello"}',
  at: new Date('2024-05-27T09:08:07Z'),
  secret: '',
};
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const signedWith = (key: Uint8Array, change: (signing: Signing) => void = () => {}): Message =>
  acsRequest(intent, (signing) => {
    signing.key = Buffer.from(key);
    change(signing);
  });
const judge = (secret: Uint8Array, message: Message): Diagnosis =>
  diagnose(acsHmac, { secret: base64(secret) }, message, { now: intent.at, budget: { mistakes: 1 } });
const padded = (key: Uint8Array, zeros: number): Uint8Array => Buffer.concat([key, Buffer.alloc(zeros)]);
const ids = ({ mistakes }: Diagnosis): string[] => mistakes.map(({ id }) => id);
const allIds = ({ mistakes, alternatives }: Diagnosis): string[] =>
  [mistakes, ...alternatives].flat().map(({ id }) => id);

const shortKeys = fc.uint8Array({ minLength: 1, maxLength: 48 });
const zeros = fc.integer({ min: 0, max: 16 });

describe('a key that HMAC takes for the right one is the right one', () => {
  test('with zero bytes after it, on either side', () => {
    fc.assert(
      fc.property(shortKeys, zeros, zeros, (key, signers, verifiers) => {
        expect(judge(padded(key, verifiers), signedWith(padded(key, signers))).verdict).toBe('valid');
      }),
      { numRuns: 50, seed: 7 },
    );
  });

  test('as the hash of a long one, on either side', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 65, maxLength: 200 }), (key) => {
        const digest = createHash('sha256').update(key).digest();
        expect(judge(digest, signedWith(key)).verdict).toBe('valid');
        expect(judge(key, signedWith(digest)).verdict).toBe('valid');
      }),
      { numRuns: 25, seed: 7 },
    );
  });

  test('also beside a mistake, of which it is then no second story', () => {
    fc.assert(
      fc.property(shortKeys, zeros, (key, signers) => {
        const found = judge(
          key,
          signedWith(padded(key, signers), (signing) => (signing.method = 'post')),
        );
        expect(ids(found)).toEqual(['method/case']);
        expect(allIds(found).filter((id) => id.startsWith('key/'))).toEqual([]);
      }),
      { numRuns: 15, seed: 7 },
    );
  });

  test('when all of it is zero bytes: nobody then "used an empty key"', () => {
    const found = judge(
      Buffer.alloc(16),
      signedWith(Buffer.alloc(16), (signing) => (signing.method = 'post')),
    );
    expect(allIds(found)).toEqual(['method/case']);
    expect(judge(Buffer.alloc(16), signedWith(Buffer.alloc(0))).verdict).toBe('valid');
  });
});

describe('of wrong keys that HMAC takes for the same', () => {
  test('one is told: a key used as text did not also end in a zero byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.constantFrom('text', 'hex'), (key, how) => {
        const text = how === 'text' ? base64(key) : Buffer.from(key).toString('hex');
        const message = sinchRequest(intent, (signing) => (signing.key = Buffer.from(text)));
        const found = diagnose(sinchApplication, { keyId: sinchKeyId, secret: base64(key) }, message, {
          now: intent.at,
          budget: { mistakes: 1 },
        });
        expect(ids(found)).toEqual(['key/encoding']);
        expect(allIds(found)).not.toContain('key/stray-characters');
      }),
      { numRuns: 10, seed: 7 },
    );
  });

  test('a buffer that nothing was written to is told with the empty key', () => {
    const found = judge(Buffer.from('a key of the user'), signedWith(Buffer.alloc(32)));
    expect(ids(found)).toEqual(['key/other']);
    expect(found.mistakes[0]?.summary).toContain('empty (or nothing but zero bytes');
  });
});

describe('what was taken from a connection string in the place of its key', () => {
  const key = Buffer.alloc(64, 'key of the resource ');
  const whole = `endpoint=https://${intent.host}/;accesskey=${base64(key)}`;

  // What Node's decoder, which stops at the first "=", makes of them.
  test.each([
    ['one part, decoded', Buffer.from(`accesskey=${base64(key)}`, 'base64'), 6, 'The part "accesskey=…"'],
    ['all of it, decoded', Buffer.from(whole, 'base64'), 6, 'The whole connection string'],
  ])('%s: the name before the first "=" was the key', (_, used, length, words) => {
    expect(used).toHaveLength(length);
    const found = judge(key, signedWith(used));
    expect(ids(found)).toEqual(['key/encoding']);
    expect(found.mistakes[0]?.summary).toContain(words);
    expect(found.mistakes[0]?.fix.javascript).toContain('accesskey=');
  });

  test('with other stories of the same bytes after the likeliest, each kind once', () => {
    const found = judge(key, signedWith(Buffer.from('{{accesskey}}', 'base64')));
    expect(ids(found)).toEqual(['key/encoding']);
    expect(found.alternatives.map((mistakes) => mistakes.map(({ id }) => id))).toEqual([['key/other']]);
  });

  test.each([
    ['the whole of it', whole],
    ['what a split at "=" leaves in the middle', whole.split('=')[1] ?? ''],
    ['its first part', whole.split(';')[0] ?? ''],
  ])('%s, as text, is another key, and the fix takes the key out', (_, text) => {
    const found = judge(key, signedWith(Buffer.from(text)));
    expect(ids(found)).toEqual(['key/other']);
    expect(found.mistakes[0]?.summary).toContain('connection string');
    expect(found.mistakes[0]?.fix.python).toContain('accesskey=');
  });

  test.each(['accesskey=', 'whsec_', 'base64:'])('the fix for the prefix "%s" is about that one', (prefix) => {
    const found = judge(key, signedWith(Buffer.from(prefix + base64(key))));
    expect(ids(found)).toEqual(['key/prefix', 'key/encoding']);
    const [{ fix, summary } = { fix: {}, summary: '' }] = found.mistakes;
    expect(summary).toContain(`"${prefix}" was taken as part of the key`);
    for (const code of Object.values(fix)) expect(code).toContain(prefix);
    expect(JSON.stringify(fix).includes('whsec_')).toBe(prefix === 'whsec_');
  });
});
