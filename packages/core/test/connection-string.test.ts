import { parseConnectionString } from '@countersign/core/schemes/acs-hmac';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { thrownBy } from './requests.ts';

const key = 'Y291bnRlcnNpZ24gZGV2ZWxvcG1lbnQga2V5LCBwdWJsaWMgb24gcHVycG9zZTogbm90IGEgc2VjcmV0ISEhIQ==';

test.each([
  [
    `endpoint=https://contoso.communication.azure.com/;accesskey=${key}`,
    'https://contoso.communication.azure.com',
    'contoso.communication.azure.com',
  ],
  [
    `endpoint=https://contoso.communication.azure.com;accesskey=${key}`,
    'https://contoso.communication.azure.com',
    'contoso.communication.azure.com',
  ],
  [
    `Endpoint=https://contoso.communication.azure.com/;AccessKey=${key};`,
    'https://contoso.communication.azure.com',
    'contoso.communication.azure.com',
  ],
  [` endpoint=http://localhost:7509/; accesskey=${key}\n`, 'http://localhost:7509', 'localhost:7509'],
])('%j is read', (text, endpoint, host) => {
  const connection = parseConnectionString(text);
  expect(connection).toMatchObject({ endpoint, host });
  expect(connection.secret.expose().text).toBe(key);
});

describe('what is wrong is said, without the key', () => {
  test.each([
    ['nothing', '', 'connection-string/malformed', /expected "endpoint=<url>;accesskey=<base64 key>"/],
    ['no endpoint', `accesskey=${key}`, 'connection-string/malformed', /expected "endpoint/],
    [
      'a connection string of another service',
      `Endpoint=sb://x;SharedAccessKey=${key}`,
      'connection-string/malformed',
      /expected "endpoint/,
    ],
    [
      'an endpoint that is no URL',
      `endpoint=contoso;accesskey=${key}`,
      'connection-string/malformed',
      /the endpoint is not an http/,
    ],
    [
      'an endpoint with a path',
      `endpoint=https://h/a;accesskey=${key}`,
      'connection-string/malformed',
      /has a path; expected/,
    ],
    [
      'an endpoint with a password',
      `endpoint=https://u:hunter2@h/;accesskey=${key}`,
      'connection-string/malformed',
      /has a user name/,
    ],
    ['no key', 'endpoint=https://h/;accesskey=', 'secret/empty', /empty/],
    ['a key that is not base64', `endpoint=https://h/;accesskey=${key}!`, 'secret/undecodable', /not base64/],
  ])('%s', (_, text, code, said) => {
    const thrown = thrownBy(() => parseConnectionString(text));
    expect(thrown).toMatchObject({ code, message: expect.stringMatching(said) });
    for (const kept of [key.slice(0, 8), 'hunter2']) expect(inspect(thrown)).not.toContain(kept);
  });
});
