import * as fc from 'fast-check';
import type { Header, Message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { azureAppConfiguration } from '@countersign/core/schemes/azure-app-configuration';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchVoiceV2 } from '@countersign/core/schemes/sinch-voice-v2';
import { Secret, type Credential } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { verify } from '@countersign/core/verify';
import { describe, expect, test } from 'vitest';
import { encodeBase64 } from '../../src/canonical/byte-encoding.ts';

const visible = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
});
const fieldValue = fc.oneof(
  visible,
  fc.string({ unit: 'grapheme', minLength: 1 }).map((text) => text.replace(/\s/gu, '_')),
);
// A scheme that separates further headers by semicolons refuses one in a host.
const host = fieldValue.map((text) => text.replaceAll(';', '_'));
const date = fc.date({
  min: new Date('1970-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59Z'),
  noInvalidDate: true,
});
const message: fc.Arbitrary<Message> = fc.record({
  method: fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'purge'),
  target: fc
    .tuple(fieldValue, fc.option(fieldValue))
    .map(([path, query]) => `/${path}${query === null ? '' : `?${query}`}`),
  headers: fc
    .record({ Host: host, 'Content-Type': fieldValue, 'X-Other': fieldValue }, { requiredKeys: ['Host'] })
    .map((headers) => Object.entries(headers)),
  body: fc.uint8Array({ maxLength: 200 }),
});
const secret = fc
  .uint8Array({ minLength: 1, maxLength: 100 })
  .map((bytes) => new Secret(encodeBase64(bytes), 'base64'));
const keyId = fc.uuid();

/** HMAC fills a key with zeros, so keys that differ in zeros at the end are one key. */
const padded = (key: Secret): string =>
  key
    .expose()
    .bytes.join()
    .replace(/(,0)+$/, '');

/** One character of a text replaced by another. */
const edited = (text: string, at: number): string => {
  const index = at % text.length;
  return text.slice(0, index) + (text[index] === 'x' ? 'y' : 'x') + text.slice(index + 1);
};
const withHeader = (request: Message, name: string, change: (value: string) => string): Message => ({
  ...request,
  headers: request.headers.map(([spelled, value]): Header => [
    spelled,
    spelled.toLowerCase() === name ? change(value) : value,
  ]),
});

/** For each thing that a scheme signs: the request with one byte of it changed, `undefined` where there is none. */
const changes: Record<string, (request: Message, at: number) => Message | undefined> = {
  method: (request, at) => ({ ...request, method: edited(request.method, at) }),
  path: (request, at) => {
    const [path = '', ...query] = request.target.split('?');
    return { ...request, target: [`/${edited(path.slice(1), at)}`, ...query].join('?') };
  },
  'a byte of the body': (request, at) => {
    const body = Uint8Array.from(request.body as Uint8Array);
    if (body.length === 0) return undefined;
    body[at % body.length]! ^= 1 << (at % 8);
    return { ...request, body };
  },
  'a byte more': (request) => ({ ...request, body: Uint8Array.of(...(request.body as Uint8Array), 0) }),
  signature: (request, at) =>
    withHeader(request, 'authorization', (value) => value.slice(0, -44) + edited(value.slice(-44), at)),
  authorization: (request, at) => withHeader(request, 'authorization', (value) => edited(value, at)),
};

const azureChanges = {
  ...changes,
  host: (request: Message, at: number) => withHeader(request, 'host', (value) => edited(value, at)),
  hash: (request: Message, at: number) => withHeader(request, 'x-ms-content-sha256', (value) => edited(value, at)),
  date: (request: Message) =>
    withHeader(request, 'x-ms-date', (value) => new Date(Date.parse(value) - 1000).toUTCString()),
};
const sinchChanges = {
  ...changes,
  'content-type': (request: Message, at: number) => withHeader(request, 'content-type', (value) => edited(value, at)),
  'a content-type added': (request: Message) =>
    request.headers.some(([name]) => name === 'Content-Type')
      ? undefined
      : { ...request, headers: [...request.headers, ['content-type', 'text/plain'] as const] },
  timestamp: (request: Message) => withHeader(request, 'x-timestamp', (value) => value.replace('Z', '0Z')),
};

describe.each([
  { scheme: acsHmac, signs: azureChanges },
  { scheme: azureAppConfiguration, signs: azureChanges },
  { scheme: sinchApplication, signs: sinchChanges },
  { scheme: sinchVoiceV2, signs: sinchChanges },
])('$scheme.id', ({ scheme, signs }) => {
  const credential = fc.record({ secret, keyId }) as fc.Arbitrary<Credential>;
  const signedRequest = (key: Credential, unsigned: Message, now: Date): Message => ({
    ...unsigned,
    headers: [...unsigned.headers, ...sign(scheme, key, unsigned, { date: now }).headers],
  });

  test('what is signed verifies, whatever the message, key and date', () => {
    fc.assert(
      fc.property(message, credential, date, (unsigned, key, now) => {
        expect(verify(scheme, key, signedRequest(key, unsigned, now), { now })).toMatchObject({
          ok: true,
          credential: key,
        });
      }),
    );
  });

  test('another key verifies nothing', () => {
    fc.assert(
      fc.property(message, credential, secret, date, (unsigned, key, other, now) => {
        fc.pre(padded(other) !== padded(key.secret));
        const request = signedRequest(key, unsigned, now);
        expect(verify(scheme, { ...key, secret: other }, request, { now, tolerate: 'all' }).ok).toBe(false);
      }),
    );
  });

  test.each(Object.entries(signs))('one change is refused: %s', (_, change) => {
    fc.assert(
      fc.property(message, credential, date, fc.nat(1000), (unsigned, key, now, at) => {
        const request = signedRequest(key, unsigned, now);
        const changed = change(request, at);
        fc.pre(changed !== undefined && JSON.stringify(changed) !== JSON.stringify(request));
        expect(verify(scheme, key, changed!, { now, toleranceSeconds: 10 }).ok).toBe(false);
      }),
    );
  });
});
