import * as fc from 'fast-check';
import type { Intent } from './broken-requests.ts';

const text = fc.string({ unit: fc.constantFrom(...'abcdefghij /.-_é€ü😀'), minLength: 1, maxLength: 12 });
const number = fc.integer({ min: 10_000_000, max: 999_999_999 }).map((digits) => `+1${digits}`);
const body = fc
  .record({
    playTo: fc.array(fc.record({ kind: fc.constant('phoneNumber'), value: number }), { minLength: 1, maxLength: 2 }),
    text,
    loop: fc.boolean(),
    count: fc.integer({ min: 0, max: 99 }),
    link: fc.constant('https://example.com/a'),
  })
  .map((value) => JSON.stringify(value));
const secret = fc
  .uint8Array({ minLength: 33, maxLength: 64 })
  .map((bytes) => Buffer.from([200, ...bytes.subarray(1)]).toString('base64'));
const at = fc
  .date({ min: new Date('2020-01-01T00:00:00Z'), max: new Date('2035-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => new Date(date.getTime() - (date.getTime() % 1000) + 137));
const id = fc.uuid({ version: 4 });

/** A Play of ACS, for tests that change one thing of it. */
export const playIntent: Intent = {
  method: 'POST',
  host: 'contoso.communication.azure.com',
  path: '/calling/callConnections/401f3500-1b2c-4d5e-8f90-0123456789ab:play',
  query: 'api-version=2023-10-15',
  contentType: 'application/json',
  body: '{"text":"Hello"}',
  at: new Date('2024-05-27T09:08:07Z'),
  secret: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==',
};

/** Requests that people send to ACS. */
export const acsIntents: fc.Arbitrary<Intent> = fc.record({
  method: fc.constant('POST'),
  host: fc.constantFrom('contoso.communication.azure.com', 'localhost:7509', 'fabrikam.europe.communication.azure.com'),
  path: fc
    .tuple(id, fc.constantFrom(':play', ':play', ':play', '/participants/4%3A%2B15551234567'))
    .map(([one, end]) => `/calling/callConnections/${one}${end}`),
  query: fc.constantFrom(
    'api-version=2023-10-15',
    'b=x%20y:z&api-version=2023-10-15',
    'z=~1&api-version=2023-10-15&a=',
  ),
  contentType: fc.constant('application/json'),
  body,
  at,
  secret,
});

/** Requests that people send to Sinch; some have no body, some a path with escapes. */
export const sinchIntents: fc.Arbitrary<Intent> = fc.oneof(
  fc.record({
    method: fc.constant('POST'),
    host: fc.constant('calling.api.sinch.com'),
    path: fc.constant('/calling/v1/callouts'),
    query: fc.constantFrom('', 'a=1'),
    contentType: fc.constant('application/json'),
    body,
    at,
    secret,
  }),
  fc.record({
    method: fc.constant('GET'),
    host: fc.constant('calling.api.sinch.com'),
    path: id.map((one) => `/calling/v1/calls/id/${one}`),
    query: fc.constant(''),
    contentType: fc.constant(''),
    body: fc.constant(''),
    at,
    secret,
  }),
  fc.record({
    method: fc.constant('GET'),
    host: fc.constant('calling.api.sinch.com'),
    path: number.map((digits) => `/v1/calling/query/number/${digits.replace('+', '%2B')}`),
    query: fc.constant(''),
    contentType: fc.constant('application/json'),
    body: fc.constant(''),
    at,
    secret,
  }),
);
