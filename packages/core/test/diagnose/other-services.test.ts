import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { diagnose, type Diagnosis, type DiagnoseOptions } from '@countersign/core/diagnose';
import type { Header, Message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { acsRequest, sinchKeyId, sinchRequest, type Intent } from './broken-requests.ts';

const ids = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);
const note = ({ notes }: Diagnosis, wanted: string): string => notes.find(({ id }) => id === wanted)?.summary ?? '';
const at = new Date('2024-05-27T09:08:07Z');

/**
 * A webhook of Vipps MobilePay: ACS's header and string to sign, with the secret's text as the key. The signature was
 * computed with openssl by the words of developer.vippsmobilepay.com/docs/APIs/webhooks-api/request-authentication.
 */
const webhook: Message = {
  method: 'POST',
  target: '/hooks/vipps?x=1',
  headers: [
    ['Host', 'shop.example'],
    ['x-ms-date', 'Mon, 27 May 2024 09:08:07 GMT'],
    ['x-ms-content-sha256', 'cUWew30OzDslHU+FEH/A7/rTq+/8jSRavcqQMuwJxQY='],
    [
      'Authorization',
      'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=kMXPMuS3lTW/s9jf6t7B4ffyxZ3uoTcK+PzNjX7Tgtg=',
    ],
  ],
  body: new TextEncoder().encode('{"name":"epayments.payment.authorized.v1"}'),
};

describe('a request of another service that looks like one to ACS', () => {
  const judge = (secret: string, options: DiagnoseOptions = {}): Diagnosis =>
    diagnose(acsHmac, { secret }, webhook, { now: at, ...options });

  test('is not accused of reading the key as that service does', () => {
    const found = judge('vipps-webhook-secret');
    expect(found).toMatchObject({ verdict: 'explained', mistakes: [{ id: 'scheme/other', certainty: 'likely' }] });
    expect(found.mistakes[0]?.summary).toContain('the key is used as the text itself');
    expect(note(found, 'scheme/look-alike')).toContain('the request is right');
  });

  test('is not accused either where that service signs other parts beside', () => {
    const hash = 'cUWew30OzDslHU+FEH/A7/rTq+/8jSRavcqQMuwJxQY=';
    const text = `POST\n/hooks/vipps\nMon, 27 May 2024 09:08:07 GMT;shop.example;${hash}`;
    const signature = createHmac('sha256', 'vipps-webhook-secret').update(text).digest('base64');
    const headers = webhook.headers.map(([name, value]): Header =>
      name === 'Authorization' ? [name, value.replace(/Signature=.*/, `Signature=${signature}`)] : [name, value],
    );
    const secret = 'vipps-webhook-secret';
    expect(diagnose(acsHmac, { secret }, { ...webhook, headers }, { now: at }).mistakes).toMatchObject([
      { id: 'scheme/other', certainty: 'likely' },
    ]);
  });

  test('whose host the user names as the service’s is judged as its request', () => {
    const found = judge('vipps-webhook-secret', { publicHosts: ['shop.example'] });
    expect(found.mistakes).toMatchObject([{ id: 'key/encoding', certainty: 'proven' }]);
  });

  test('that nothing explains stays unexplained, with no word against its parts', () => {
    const found = judge('another-secret', { budget: { candidates: 3000 } });
    expect(found).toMatchObject({ verdict: 'unexplained', mistakes: [] });
    expect(ids(found.notes)).toContain('scheme/look-alike');
  });
});

const acs: Intent = {
  method: 'POST',
  host: 'contoso.communication.azure.com',
  path: '/calling/callConnections/401f3500-1b2c-4d5e-8f90-0123456789ab:play',
  query: 'api-version=2023-10-15',
  contentType: 'application/json',
  body: '{"text":"Hello"}',
  at,
  secret: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVmMDEyMzQ1Njc4OWFiY2RlZg==',
};

test.each([
  ['its own host', {}],
  ['a tunnel', { host: 'abc123.ngrok.app' }],
  ['a gateway with a prefix', { host: 'gateway.corp.example', path: `/acs${acs.path}`, query: '' }],
  ['a custom domain, on a route that is not known', { host: 'voice.corp.example', path: '/chat/threads' }],
])('a request to ACS at %s is still told that its key is not decoded', (_, change) => {
  const message = acsRequest({ ...acs, ...change }, (signing) => (signing.key = Buffer.from(acs.secret)));
  const found = diagnose(acsHmac, { secret: acs.secret }, message, { now: at });
  expect(found.mistakes).toMatchObject([{ id: 'key/encoding', certainty: 'proven' }]);
});

const sinch: Intent = {
  ...acs,
  host: 'calling.api.sinch.com',
  path: '/calling/v1/callouts',
  query: '',
  secret: 'JViE5vDor0Sw3WllZka15Q==',
};
const credential = { keyId: sinchKeyId, secret: sinch.secret };

describe('a request that looks like one to Sinch', () => {
  test('with a date in seconds, at a host and path of nobody’s, is probably another service’s', () => {
    const seconds = String(at.getTime() / 1000);
    const message = sinchRequest({ ...sinch, host: 'otp.example', path: '/callbacks/otp' }, (signing) => {
      signing.date = signing.sentDate = seconds;
      signing.key = Buffer.from(sinch.secret);
    });
    const found = diagnose(sinchApplication, credential, message, { now: at });
    expect(found.mistakes).toMatchObject([{ id: 'scheme/other', certainty: 'likely' }]);
  });

  test('as a callback does, at any host, is told of its key and of what else it may be', () => {
    const message = sinchRequest(
      { ...sinch, host: 'app.example', path: '/hook' },
      (signing) => (signing.key = Buffer.from(sinch.secret)),
    );
    const found = diagnose(sinchApplication, credential, message, { now: at });
    expect(ids(found.mistakes)).toEqual(['key/encoding']);
    expect(note(found, 'scheme/look-alike')).toContain('the request may be right');
  });
});

describe('an API that takes no such signature', () => {
  test.each([
    ['us.sms.api.sinch.com', '/xms/v1/abcdef/batches', 'the API token of the service plan as a bearer token'],
    ['zt.eu.sms.api.sinch.com', '/xms/v1/abcdef/batches', 'an OAuth2 bearer token of the project'],
    ['eu.conversation.api.sinch.com', '/v1/projects/1/messages:send', 'an OAuth2 bearer token, or Basic'],
    ['numbers.api.sinch.com', '/v1/projects/1/availableNumbers', 'an OAuth2 bearer token, or Basic'],
    ['fax.api.sinch.com', '/v3/projects/1/faxes', 'an OAuth2 bearer token, or Basic'],
  ])('is named beside a right signature of Sinch: %s', (host, path, takes) => {
    const found = diagnose(sinchApplication, credential, sinchRequest({ ...sinch, host, path }), { now: at });
    expect(found).toMatchObject({ verdict: 'valid', mistakes: [] });
    expect(ids(found.notes)).toEqual(['scheme/not-for-this-api']);
    expect(found.notes[0]?.summary).toContain(takes);
  });

  test.each([
    ['contoso.communication.azure.com', '/chat/threads', 'a user access token'],
    ['graph.microsoft.com', '/v1.0/me', 'a Microsoft Entra access token'],
    ['westeurope.api.cognitive.microsoft.com', '/speechtotext', 'Ocp-Apim-Subscription-Key'],
  ])('is named beside a right signature of ACS: %s', (host, path, takes) => {
    const found = diagnose(acsHmac, { secret: acs.secret }, acsRequest({ ...acs, host, path }), { now: at });
    expect(found).toMatchObject({ verdict: 'valid', mistakes: [] });
    expect(note(found, 'scheme/not-for-this-api')).toContain(takes);
  });

  test('is not said of those that take it', () => {
    for (const host of ['calling-euc1.api.sinch.com', 'verification.api.sinch.com', 'callingapi.sinch.com']) {
      const found = diagnose(sinchApplication, credential, sinchRequest({ ...sinch, host }), { now: at });
      expect(ids(found.notes)).toEqual(['rights/other']);
    }
  });
});
