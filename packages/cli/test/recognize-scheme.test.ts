import { message } from '@countersign/core/message';
import { schemes } from '@countersign/core/schemes/catalog';
import { describe, expect, test } from 'vitest';
import { schemeOfMessage, schemeOfUrl } from '../src/recognize-scheme.ts';

describe('the scheme of a URL', () => {
  test.each([
    ['contoso.communication.azure.com', '/anything', 'acs-hmac'],
    ['contoso.unitedstates.communication.azure.com', '/calling/v1/callouts', 'acs-hmac'],
    ['calling-euc1.api.sinch.com', '/calling/callConnections', 'sinch-application'],
    ['callingapi.sinch.com', '/v1/configuration/numbers', 'sinch-application'],
    ['localhost:7509', '/calling/callConnections/x:play?api-version=2023-10-15', 'acs-hmac'],
    ['localhost:7509', '/calling/v1/callouts', 'sinch-application'],
    ['localhost:7509', '/calling/v1/unheard-of', 'sinch-application'],
    ['localhost:7509', '/calling/unheard-of', 'acs-hmac'],
    ['localhost:7509', '/v1/configuration/numbers', 'sinch-application'],
    ['localhost:7509', '/identities?api-version=2023-10-01', 'acs-hmac'],
    ['contoso.azconfig.io', '/kv?api-version=1.0', 'azure-app-configuration'],
  ])('%s%s is %s', (host, target, id) => {
    expect(schemeOfUrl(schemes, host, target)?.scheme.id).toBe(id);
  });

  test.each([
    ['example.com', '/'],
    ['evil-communication.azure.com.example', '/x'],
    ['localhost', '/favicon.ico'],
  ])('%s%s is unknown', (host, target) => {
    expect(schemeOfUrl(schemes, host, target)).toBeUndefined();
  });
});

describe('the scheme of a received request', () => {
  const of = (headers: Record<string, string>, url = 'https://unknown.example/'): string | undefined =>
    schemeOfMessage(schemes, message({ url, headers }))?.scheme.id;

  test.each([
    ['a whole Authorization header', { Authorization: 'application key:c2ln' }, 'sinch-application'],
    ['its word in another case', { Authorization: 'Application key:c2ln' }, 'sinch-application'],
    ['a malformed one, by its word', { Authorization: 'HMAC-SHA256 Credential=x&Signature=y' }, 'acs-hmac'],
    ['the content hash header', { 'x-ms-content-sha256': 'x', Authorization: 'Signature=y' }, 'acs-hmac'],
    ['the timestamp header', { 'x-timestamp': 'x' }, 'sinch-application'],
    ['the word of Voice v2', { Authorization: 'service id:c2ln' }, 'sinch-voice-v2'],
    ['the signature header of Conversation', { 'x-sinch-webhook-signature': 'c2ln' }, 'sinch-webhook'],
    ['the time header of Conversation alone', { 'x-sinch-webhook-signature-timestamp': '1' }, 'sinch-webhook'],
    ['the signature header of Numbers', { 'X-Sinch-Signature': 'ab' }, 'sinch-numbers'],
  ])('is seen by %s', (_, headers, id) => {
    expect(of(headers)).toBe(id);
  });

  test('is seen by the host where the headers say nothing', () => {
    expect(of({ Date: 'x' }, 'https://contoso.communication.azure.com/')).toBe('acs-hmac');
  });

  test('follows the Authorization header against the path', () => {
    expect(of({ Authorization: 'application key:c2ln' }, 'http://localhost/calling/callConnections')).toBe(
      'sinch-application',
    );
  });

  test('is that of the URL where Credential= would fit two', () => {
    const headers = {
      Authorization: 'HMAC-SHA256 Credential=x&SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=c2ln',
    };
    expect(of(headers, 'https://contoso.azconfig.io/kv')).toBe('azure-app-configuration');
    expect(of(headers, 'https://contoso.communication.azure.com/kv')).toBe('acs-hmac');
    expect(of(headers, 'http://localhost:7509/calling/callConnections')).toBe('acs-hmac');
    expect(of(headers, 'https://unknown.example/')).toBe('azure-app-configuration');
  });

  test('is unknown where nothing speaks for one', () => {
    expect(of({ Date: 'x', Authorization: 'Bearer x' })).toBeUndefined();
  });
});
