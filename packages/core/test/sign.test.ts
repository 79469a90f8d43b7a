import { message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sign } from '@countersign/core/sign';
import { verify } from '@countersign/core/verify';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { acsCredential, signed, signedAt, sinchCredential } from './requests.ts';

const request = message({ method: 'POST', url: 'https://contoso.communication.azure.com/a', body: '{}' });

afterEach(() => vi.useRealTimers());

describe('the date', () => {
  test('is now unless it is given', () => {
    vi.useFakeTimers({ now: new Date('2024-05-27T09:08:07.654Z') });
    expect(sign(acsHmac, acsCredential, request).headers[0]).toEqual(['x-ms-date', 'Mon, 27 May 2024 09:08:07 GMT']);
    expect(sign(sinchApplication, sinchCredential, request).headers[0]).toEqual([
      'x-timestamp',
      '2024-05-27T09:08:07.654Z',
    ]);
    vi.setSystemTime('2024-05-27T09:08:08.001Z');
    expect(sign(acsHmac, acsCredential, request).headers[0]).toEqual(['x-ms-date', 'Mon, 27 May 2024 09:08:08 GMT']);
    expect(sign(sinchApplication, sinchCredential, request).headers[0]).toEqual([
      'x-timestamp',
      '2024-05-27T09:08:08.001Z',
    ]);
  });

  test('may go into the Date header of ACS, named in any case', () => {
    const [date, , authorization] = sign(acsHmac, acsCredential, request, {
      date: signedAt,
      dateHeader: 'Date',
    }).headers;
    expect(date).toEqual(['date', 'Mon, 27 May 2024 09:08:07 GMT']);
    expect(authorization?.[1]).toMatch(/^HMAC-SHA256 SignedHeaders=date;host;x-ms-content-sha256&/);
  });

  test.each([
    ['an invalid Date', { date: new Date(Number.NaN) }, 'date/malformed'],
    ['text in another format', { date: '2024-05-27T09:08:07Z' }, 'date/malformed'],
    ['a header that the scheme does not have', { dateHeader: 'x-timestamp' }, 'date/header'],
  ])('is refused when it is %s', (_, options, code) => {
    expect(() => sign(acsHmac, acsCredential, request, options)).toThrow(expect.objectContaining({ code }));
  });
});

describe('what cannot be signed is refused by name', () => {
  test('a scheme that names its key needs a key id', () => {
    const { secret } = sinchCredential;
    expect(() => sign(sinchApplication, { secret }, request)).toThrow(
      expect.objectContaining({ code: 'key/id-missing' }),
    );
  });

  test('ACS signs Host, so the message needs one', () => {
    expect(() => sign(acsHmac, acsCredential, message({ url: '/a' }))).toThrow(
      'the header "host" is signed as part "host", and the message has none',
    );
  });

  test('ACS signs no further headers', () => {
    expect(() => sign(acsHmac, acsCredential, request, { furtherHeaders: ['Content-Type'] })).toThrow(
      expect.objectContaining({ code: 'header/further' }),
    );
  });
});

describe('further headers, in a scheme that allows them', () => {
  const extensible: Scheme = {
    ...acsHmac,
    signedHeaders: { accepted: [['x-ms-date', 'host', 'x-ms-content-sha256']], furtherSeparator: ';' },
  };
  const withType = { ...request, headers: [...request.headers, ['Content-Type', 'application/json']] as const };

  test('are signed, declared and verified', () => {
    const options = { furtherHeaders: ['Content-Type'] };
    const whole = signed(extensible, acsCredential, withType, options);
    expect(
      new TextDecoder().decode(
        sign(extensible, acsCredential, withType, { ...options, date: signedAt }).trace().stringToSign,
      ),
    ).toBe(
      'POST\n/a\nMon, 27 May 2024 09:08:07 GMT;contoso.communication.azure.com;RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=;application/json',
    );
    expect(verify(extensible, acsCredential, whole, { now: signedAt })).toMatchObject({ ok: true });
    const changed = {
      ...whole,
      headers: whole.headers.map(([name, value]) => [name, name === 'Content-Type' ? 'text/plain' : value] as const),
    };
    expect(verify(extensible, acsCredential, changed, { now: signedAt })).toMatchObject({ code: 'signature/mismatch' });
    const removed = { ...whole, headers: whole.headers.filter(([name]) => name !== 'Content-Type') };
    expect(verify(extensible, acsCredential, removed, { now: signedAt })).toMatchObject({ code: 'header/missing' });
  });

  test('may not repeat one that is signed anyway', () => {
    expect(() => sign(extensible, acsCredential, withType, { furtherHeaders: ['Host'] })).toThrow(
      expect.objectContaining({ code: 'header/further' }),
    );
  });

  test('must be in the message', () => {
    expect(() => sign(extensible, acsCredential, withType, { furtherHeaders: ['Accept'] })).toThrow(
      expect.objectContaining({ code: 'header/missing' }),
    );
  });
});
