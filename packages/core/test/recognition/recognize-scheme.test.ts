import { message } from '@countersign/core/message';
import { schemes } from '@countersign/core/schemes/catalog';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { schemeOfMessage, schemeOfUrl } from '@countersign/core/recognition/recognize-scheme';

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

/** A token with these claims; nobody made its signature. */
function token(claims: object): string {
  const parts = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return [...parts, Buffer.alloc(32).toString('base64url')].join('.');
}

describe('the schemes of one provider, and of several that use one header', () => {
  const sha1 = 'RSOYDt4T1cUTdK1PDd93/VVr8B8=';
  const sha256 = 'ehV3IKhLysWBxC1sy8INm0qGoQYdYsHwuoKjsX7FsXc=';
  const form = { 'Content-Type': 'application/x-www-form-urlencoded' };
  const of = (headers: Record<string, string>, target = '/hook', body = ''): [string | undefined, string[]] => {
    const found = schemeOfMessage(
      schemes,
      message({ method: 'POST', url: `https://unknown.example${target}`, headers, body }),
    );
    return [found?.scheme.id, found?.alsoFits.map(({ id }) => id) ?? []];
  };

  test.each<[string, [Record<string, string>, string?, string?]]>([
    ['twilio', [{ ...form, 'X-Twilio-Signature': sha1 }, '/hook', 'Digits=1']],
    ['twilio-json', [{ 'X-Twilio-Signature': sha1 }, '/hook?bodySHA256=00', '{}']],
    [
      'twilio-shared-key',
      [
        {
          ...form,
          'X-Twilio-Signature': sha256,
          'X-Twilio-Webhooks-Signature-Settings': 'key=SK1,algorithm=HMAC_SHA256',
        },
      ],
    ],
    ['signalwire', [{ 'X-SignalWire-Signature': 'b18500437ebb010220ddd770cbe6fd531ea0ba0d' }]],
    ['plivo-v1', [{ 'X-Plivo-Signature': sha1 }]],
    ['plivo-v2', [{ 'X-Plivo-Signature-V2': sha256, 'X-Plivo-Signature-V2-Nonce': '1' }]],
    ['plivo-v3', [{ 'X-Plivo-Signature-V3': `${sha256},${sha256}`, 'X-Plivo-Signature-V3-Nonce': '1' }]],
    ['vonage-sms', [{}, '/hook?timestamp=1385047698&sig=d2e7b1dc968737c5998ad624e02f90b7']],
    ['vonage-webhook', [{ Authorization: `Bearer ${token({ iss: 'Vonage', iat: 1717000000, jti: 'x' })}` }]],
    ['messagebird-jwt', [{ 'MessageBird-Signature-JWT': token({ iss: 'MessageBird', exp: 1717000000 }) }]],
    ['livekit', [{ Authorization: token({ iss: 'APIkey', exp: 1717000000, sha256: 'x' }) }]],
    ['jambonz', [{ 'Jambonz-Signature': `t=1717000000,v1=${'ab'.repeat(32)}` }]],
    ['zoom', [{ 'x-zm-signature': `v0=${'ab'.repeat(32)}`, 'x-zm-request-timestamp': '1717000000' }]],
    ['daily', [{ 'X-Pinless-Signature': sha256, 'X-Pinless-Timestamp': '1717000000' }]],
    ['daily-webhook', [{ 'X-Webhook-Signature': sha256, 'X-Webhook-Timestamp': '1717000000' }]],
    ['agora', [{ 'Agora-Signature-V2': 'ab'.repeat(32) }]],
    ['agora-v1', [{ 'Agora-Signature': 'ab'.repeat(20) }]],
    ['azure-storage-sharedkey', [{ Authorization: `SharedKey account:${sha256}`, 'x-ms-date': 'x' }]],
    ['azure-sas', [{ Authorization: 'SharedAccessSignature sr=a&sig=b&se=1&skn=c' }]],
  ])('%s is told from all others', (id, request) => {
    expect(of(...request)).toEqual([id, []]);
  });

  test.each([
    [
      'of Entra ID',
      `Bearer ${token({ iss: 'https://sts.windows.net/x/', aud: 'x', iat: 1717000000, exp: 1717003600 })}`,
    ],
    ['of a room of LiveKit', token({ iss: 'APIkey', exp: 1717000000, video: { roomJoin: true } })],
    ['that is no JSON', 'Bearer eyJ.eyJ.abc'],
  ])('a token %s belongs to no scheme', (_, authorization) => {
    expect(of({ Authorization: authorization })).toEqual([undefined, []]);
  });

  test('of two in one form the host tells, and the word of a header is a whole one', () => {
    const at = (host: string, word: string): [string | undefined, string[]] => {
      const headers = { Authorization: `${word} account:${sha256}`, 'x-ms-date': 'x' };
      const found = schemeOfMessage(schemes, message({ url: `https://account.${host}.core.windows.net/a/b`, headers }));
      return [found?.scheme.id, found?.alsoFits.map(({ id }) => id) ?? []];
    };
    expect(at('blob', 'SharedKey')).toEqual(['azure-storage-sharedkey', []]);
    expect(at('queue', 'SharedKeyLite')).toEqual(['azure-storage-sharedkeylite', []]);
    expect(at('table', 'SharedKeyLite')).toEqual(['azure-table-sharedkeylite', []]);
  });

  test('where two fit a request equally well, both are named', () => {
    const time = { 'MessageBird-Request-Timestamp': '1717000000' };
    expect(of({ ...time, 'MessageBird-Signature': sha256 })).toEqual(['bird', ['messagebird-legacy']]);
    const azure = {
      'x-ms-date': 'Mon, 27 May 2024 09:08:07 GMT',
      'x-ms-content-sha256': sha256,
      Authorization: `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${sha256}`,
    };
    expect(of(azure)).toEqual(['acs-hmac', ['vipps-mobilepay']]);
    expect(of({ 'Agora-Signature': 'ab'.repeat(20), 'Agora-Signature-V2': 'ab'.repeat(32) })).toEqual([
      'agora',
      ['agora-v1'],
    ]);
    expect(of({ Authorization: `SharedKeyLite account:${sha256}`, 'x-ms-date': 'x' })).toEqual([
      'azure-storage-sharedkeylite',
      ['azure-table-sharedkeylite'],
    ]);
  });
});

describe('a rightly signed request of the vectors', () => {
  interface Vector {
    readonly request: {
      readonly method: string;
      readonly target: string;
      readonly headers: [string, string][];
      readonly body: string;
    };
    readonly signed?: { readonly target?: string; readonly body?: string };
    readonly adds: readonly [string, string][];
  }
  const folder = new URL('../../../../vectors/', import.meta.url);
  const read = (path: string) =>
    JSON.parse(readFileSync(new URL(path, folder), 'utf8')) as { kind: string; vectors: readonly Vector[] };
  const firstOf = (id: string): Vector | undefined =>
    readdirSync(new URL(`${id}/`, folder))
      .map((file) => read(`${id}/${file}`))
      .find(({ kind }) => kind === 'sign')?.vectors[0];
  /** Those whose headers nothing tells apart: the one that comes first is taken, and the other is named. */
  const twins = new Map([
    ['azure-table-sharedkeylite', 'azure-storage-sharedkeylite'],
    ['messagebird-legacy', 'bird'],
    ['meta', 'github'],
    ['openai', 'standard-webhooks'],
    ['vipps-mobilepay', 'acs-hmac'],
  ]);

  test.each(schemes.map(({ id }) => id))('of %s is recognized', (id) => {
    const vector = firstOf(id);
    if (!vector) throw new Error(`no vector of ${id}`);
    const { method, target, headers, body } = { ...vector.request, ...vector.signed };
    const received = { method, target, headers: [...headers, ...vector.adds], body: new TextEncoder().encode(body) };
    const found = schemeOfMessage(schemes, received);
    const twin = twins.get(id);
    expect(found?.scheme.id).toBe(twin ?? id);
    if (twin !== undefined) expect(found?.alsoFits.map((scheme) => scheme.id)).toContain(id);
  });
});
