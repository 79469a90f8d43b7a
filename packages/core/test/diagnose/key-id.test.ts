import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosis, type DiagnoseOptions } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchKeyId, sinchRequest, type Intent } from './broken-requests.ts';

const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);
const at = new Date('2024-05-27T09:08:07Z');
const sinch: Intent = {
  method: 'POST',
  host: 'calling.api.sinch.com',
  path: '/calling/v1/callouts',
  query: '',
  contentType: 'application/json',
  body: '{"text":"Hello"}',
  at,
  secret: 'JViE5vDor0Sw3WllZka15Q==',
};
const credential = { keyId: sinchKeyId, secret: sinch.secret };

describe('the name of the key in Authorization', () => {
  const named = (name: string, key?: Buffer): Message =>
    sinchRequest(sinch, (signing) => {
      if (key) signing.key = key;
      signing.authorization = (sig) => `application ${name}:${sig}`;
    });
  const judge = (message: Message, options: DiagnoseOptions = {}): Diagnosis =>
    diagnose(sinchApplication, credential, message, { now: at, ...options });
  const other = 'c0157e51-0000-4000-8000-000000000002';

  test.each([
    ['in upper case', sinchKeyId.toUpperCase(), 'spelled otherwise'],
    ['in braces', `{${sinchKeyId}}`, 'spelled otherwise'],
    ['without hyphens', sinchKeyId.replaceAll('-', ''), 'spelled otherwise'],
    ['as a URN', `urn:uuid:${sinchKeyId}`, 'spelled otherwise'],
    ['of another application', other, 'another one'],
  ])('%s is all that is wrong, and the secret stays', (_, name, words) => {
    const found = judge(named(name));
    expect(found).toMatchObject({
      verdict: 'explained',
      mistakes: [{ id: 'key/id', certainty: 'proven', yours: name, expected: sinchKeyId }],
    });
    expect(found.mistakes).toHaveLength(1);
    expect(found.mistakes[0]?.summary).toContain(words);
    expect(found.mistakes[0]?.summary).toContain('the secret need not be replaced');
  });

  test('is told beside another mistake under the same secret', () => {
    const found = judge(named(other, Buffer.from(sinch.secret)));
    expect(ids(found.mistakes)).toEqual(['key/encoding', 'key/id']);
  });

  test('is right where it is that of the further key which made the signature', () => {
    const further = { keyId: other, secret: 'cHVibGljIGRldiBrZXkhIQ==' };
    const found = judge(named(other, Buffer.from(further.secret, 'base64')), { alsoSecrets: [further] });
    expect(ids(found.mistakes)).toEqual(['key/other']);
  });

  test('makes another key likely, and no more, where nothing gives the signature', () => {
    const stranger = createHash('md5').update('a stranger').digest();
    const found = judge(named(other, stranger), { budget: { candidates: 3000 } });
    expect(found).toMatchObject({ verdict: 'unexplained', mistakes: [{ id: 'key/other', certainty: 'likely' }] });
    expect(judge(named(sinchKeyId.toUpperCase(), stranger), { budget: { candidates: 3000 } }).mistakes).toEqual([]);
  });
});
