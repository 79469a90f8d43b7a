import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { diagnose, type MistakeId } from '@countersign/core/diagnose';
import type { Header, Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import { azureAppConfiguration } from '@countersign/core/schemes/azure-app-configuration';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchNumbers } from '@countersign/core/schemes/sinch-numbers';
import { sinchVoiceV2 } from '@countersign/core/schemes/sinch-voice-v2';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';

/**
 * Good requests of the further schemes, each broken in ways that people break them: signed by hand with node:crypto, by
 * the words of the providers' pages.
 */
interface Broken {
  readonly what: string;
  readonly id: MistakeId;
  readonly message: Message;
}

const body = '{"id":"01FJA8B4","text":"Grüße / hello","count":2}';
const indented = JSON.stringify(JSON.parse(body), null, 2);
const now = new Date('2026-04-01T12:00:00Z');
const date = 'Wed, 01 Apr 2026 12:00:00 GMT';
const seconds = '1775044800';
const encodedKey = 'F5wrP9SKYU6w8sbZXkp7GA==';
const key = Buffer.from(encodedKey, 'base64');
const hmac = (secret: string | Buffer, text: string, encoding: 'base64' | 'hex' = 'base64', algorithm = 'sha256') =>
  createHmac(algorithm, secret).update(text).digest(encoding);
const md5 = (text: string): string => createHash('md5').update(text).digest('base64');
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64');
const request = (method: string, target: string, headers: readonly Header[], content = body): Message => ({
  method,
  target,
  headers: [['Host', 'app.example'], ...headers],
  body: new TextEncoder().encode(content),
});

const nonce = '01FJA8B4A7BM43YGWSG9GBV067';
const webhook = (signature: string, sentNonce = nonce): Message =>
  request('POST', '/webhooks/conversation', [
    ['Content-Type', 'application/json'],
    ['x-sinch-webhook-signature-timestamp', seconds],
    ['x-sinch-webhook-signature-nonce', sentNonce],
    ['x-sinch-webhook-signature-algorithm', 'HmacSHA256'],
    ['x-sinch-webhook-signature', signature],
  ]);
const webhookSecret = 'Zm9vX3NlY3JldDEyMzQ=';
const webhookText = `${body}.${nonce}.${seconds}`;

const numbers = (signature: string): Message =>
  request('POST', '/webhooks/numbers', [
    ['Content-Type', 'application/json'],
    ['X-Sinch-Signature', signature],
  ]);

const timestamp = '2026-04-01T12:00:00.0000000Z';
const jsonUtf8 = 'application/json; charset=utf-8';
const application = (word: string, target: string, signature: string): Message =>
  request('POST', target, [
    ['Content-Type', jsonUtf8],
    ['x-timestamp', timestamp],
    ['Authorization', `${word} a74b1566-0f18-4f8e-9c23-8e6b5df8fd3e:${signature}`],
  ]);
const callbackText = (path: string, change: { readonly hashed?: string; readonly contentType?: string } = {}): string =>
  ['POST', md5(change.hashed ?? body), change.contentType ?? jsonUtf8, `x-timestamp:${timestamp}`, path].join('\n');

const appConfiguration = (signature: string): Message => ({
  ...request(
    'GET',
    '/kv?fields=*&api-version=1.0',
    [
      ['x-ms-date', date],
      ['x-ms-content-sha256', sha256('')],
      [
        'Authorization',
        `HMAC-SHA256 Credential=id&SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
      ],
    ],
    '',
  ),
});
const configurationText = (target: string): string => `GET\n${target}\n${date};app.example;${sha256('')}`;

const cases: readonly (readonly [title: string, scheme: Scheme, secret: string, good: Message, broken: Broken[]])[] = [
  [
    'a webhook of Conversation',
    sinchWebhook,
    webhookSecret,
    webhook(hmac(webhookSecret, webhookText)),
    [
      {
        what: 'the secret decoded as base64',
        id: 'key/encoding',
        message: webhook(hmac(Buffer.from(webhookSecret, 'base64'), webhookText)),
      },
      {
        what: 'the body parsed and written again',
        id: 'body/reserialized',
        message: webhook(hmac(webhookSecret, `${indented}.${nonce}.${seconds}`)),
      },
      {
        what: 'time before nonce',
        id: 'layout/order',
        message: webhook(hmac(webhookSecret, `${body}.${seconds}.${nonce}`)),
      },
      {
        what: 'no dots between the parts',
        id: 'layout/separator',
        message: webhook(hmac(webhookSecret, body + nonce + seconds)),
      },
      {
        what: 'a nonce that holds the separator, rightly signed and refused',
        id: 'header/separator-inside',
        message: webhook(hmac(webhookSecret, `${body}.50.${nonce}.${seconds}`), `50.${nonce}`),
      },
    ],
  ],
  [
    'a callback of Numbers',
    sinchNumbers,
    'my-callback-secret',
    numbers(hmac('my-callback-secret', body, 'hex', 'sha1')),
    [
      {
        what: 'SHA-256 in place of SHA-1',
        id: 'digest/algorithm',
        message: numbers(hmac('my-callback-secret', body, 'hex', 'sha256')),
      },
      {
        what: 'base64 in place of hexadecimal',
        id: 'digest/encoding',
        message: numbers(hmac('my-callback-secret', body, 'base64', 'sha1')),
      },
      {
        what: 'the body parsed and written again',
        id: 'body/reserialized',
        message: numbers(hmac('my-callback-secret', indented, 'hex', 'sha1')),
      },
    ],
  ],
  [
    'a webhook of Voice v2',
    sinchVoiceV2,
    encodedKey,
    application('service', '/voice-webhooks', hmac(key, callbackText('/voice-webhooks'))),
    [
      {
        what: 'the key not decoded',
        id: 'key/encoding',
        message: application('service', '/voice-webhooks', hmac(encodedKey, callbackText('/voice-webhooks'))),
      },
      {
        what: 'the content type without its charset',
        id: 'header/content-type',
        message: application(
          'service',
          '/voice-webhooks',
          hmac(key, callbackText('/voice-webhooks', { contentType: 'application/json' })),
        ),
      },
      {
        what: 'the whole URL for the path',
        id: 'url/absolute',
        message: application(
          'service',
          '/voice-webhooks',
          hmac(key, callbackText('https://app.example/voice-webhooks')),
        ),
      },
    ],
  ],
  [
    'a callback of Verification',
    sinchApplication,
    encodedKey,
    application('Application', '/verification', hmac(key, callbackText('/verification'))),
    [
      {
        what: 'the key not decoded',
        id: 'key/encoding',
        message: application('application', '/verification', hmac(encodedKey, callbackText('/verification'))),
      },
      {
        what: 'the body parsed and written again',
        id: 'body/reserialized',
        message: application(
          'application',
          '/verification',
          hmac(key, callbackText('/verification', { hashed: indented })),
        ),
      },
      {
        what: 'the line ends of Windows, as the samples write them there',
        id: 'layout/newlines',
        message: application(
          'application',
          '/verification',
          hmac(key, callbackText('/verification').replaceAll('\n', '\r\n')),
        ),
      },
    ],
  ],
  [
    'a request to App Configuration',
    azureAppConfiguration,
    encodedKey,
    appConfiguration(hmac(key, configurationText('/kv?fields=*&api-version=1.0'))),
    [
      {
        what: 'the key not decoded',
        id: 'key/encoding',
        message: appConfiguration(hmac(encodedKey, configurationText('/kv?fields=*&api-version=1.0'))),
      },
      {
        what: 'the query left out',
        id: 'url/query-omitted',
        message: appConfiguration(hmac(key, configurationText('/kv'))),
      },
      {
        what: 'the signature in hexadecimal',
        id: 'digest/encoding',
        message: appConfiguration(hmac(key, configurationText('/kv?fields=*&api-version=1.0'), 'hex')),
      },
    ],
  ],
];

describe.each(cases)('%s', (_, scheme, secret, good, broken) => {
  const explain = (message: Message) => diagnose(scheme, { secret }, message, { now, budget: { ms: 15_000 } });

  test('is valid as it is', () => {
    expect(explain(good)).toMatchObject({ verdict: 'valid', mistakes: [] });
  });

  test.each(broken)('$id is named: $what', ({ id, message }) => {
    const found = explain(message);
    expect(found.verdict).toBe('explained');
    expect([found.mistakes, ...found.alternatives].map((mistakes) => mistakes.map((one) => one.id))).toContainEqual([
      id,
    ]);
    expect(found.mistakes.every(({ certainty }) => certainty !== 'likely')).toBe(true);
    expect(JSON.stringify(found)).not.toContain(secret);
  });
});
