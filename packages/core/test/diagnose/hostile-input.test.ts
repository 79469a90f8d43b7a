import { afterEach, describe, expect, test, vi } from 'vitest';
import { diagnose, type Diagnosis } from '@countersign/core/diagnose';
import type { Message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { azureAppConfiguration } from '@countersign/core/schemes/azure-app-configuration';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import type { Scheme } from '@countersign/core/scheme';
import { parseJson } from '../../src/diagnose/text/json-text.ts';

const secret = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
const signature = `${'A'.repeat(43)}=`;
const now = new Date('2024-05-27T09:08:07Z');
const judge = (scheme: Scheme, headers: Record<string, string>, body = ''): Diagnosis => {
  const message: Message = {
    method: 'POST',
    target: '/calling/v1/callouts',
    headers: Object.entries({ Host: 'calling.api.sinch.com', 'x-timestamp': '2024-05-27T09:08:07Z', ...headers }),
    body: new TextEncoder().encode(body),
  };
  return diagnose(scheme, { keyId: 'k', secret }, message, { now, budget: { candidates: 3_000, ms: 60_000 } });
};

afterEach(() => {
  vi.restoreAllMocks();
});

describe('what only a sender who means harm sends is judged like everything else', () => {
  test.each([`${'A'.repeat(43)}==`, `${'A'.repeat(41)}=`, `${'A'.repeat(45)}`, '='.repeat(50_000)])(
    'base64 of no whole length after the word (%#)',
    (text) => {
      expect(['malformed', 'unexplained']).toContain(
        judge(sinchApplication, { Authorization: `application ${text}` }).verdict,
      );
    },
  );

  test.each(['Sat, 13 Sep 275760 00:00:00 GMT', '-271821-04-20T00:00:00Z', '+275760-09-13T00:00:00Z', '9'.repeat(19)])(
    'a date at the end of time: %s',
    (date) => {
      const Authorization = `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`;
      expect(judge(acsHmac, { 'x-ms-date': date, Authorization }).verdict).toBe('unexplained');
      expect(
        judge(sinchApplication, { 'x-timestamp': date, Authorization: `application k:${signature}` }).verdict,
      ).toBe('unexplained');
    },
  );

  test.each(['constructor', '__proto__', 'toString', 'hasOwnProperty'])('a signed header with the name %s', (name) => {
    const Authorization = `HMAC-SHA256 Credential=k&SignedHeaders=x-ms-date;host;x-ms-content-sha256;${name}&Signature=${signature}`;
    const headers = { Authorization, 'x-ms-date': now.toUTCString(), [name]: 'a, b' };
    expect(judge(azureAppConfiguration, headers).verdict).toBe('unexplained');
  });

  test.each([
    '{"a":01}',
    '[1.]',
    '{"a":"\\u00"}',
    '['.repeat(100_000),
    `"${'\\'.repeat(99_999)}`,
    '{"__proto__":{"a":1}}',
  ])('a body that is nearly JSON (%#)', (body) => {
    expect(judge(sinchApplication, { Authorization: `application k:${signature}` }, body).verdict).toBe('unexplained');
  });

  test('JSON that was cut after a key is read once, and not from its start again', () => {
    const tokens = vi.spyOn(RegExp.prototype, 'exec');
    expect(parseJson(`[${'{"a":1},'.repeat(100)}{"a":`)).toBeUndefined();
    expect(tokens.mock.calls.length).toBeLessThan(700);
  });

  test('a signature that is URL-encoded over and over', () => {
    const Authorization = `application k:%${'25'.repeat(50_000)}41`;
    expect(['malformed', 'unexplained']).toContain(judge(sinchApplication, { Authorization }).verdict);
  });
});
