import { readFileSync } from 'node:fs';
import { diagnose } from '@countersign/core/diagnose';
import { Secret } from '@countersign/core/secret';
import { expect, test } from 'vitest';
import type { AuthenticationRecord, ExchangeRecorder } from '../../../src/contract/exchange-recorder.ts';
import { Applications } from '../../../src/providers/sinch/accounts/applications.ts';
import { sinchAuthenticator } from '../../../src/providers/sinch/authentication/authenticate.ts';
import { sinchSettings } from '../../../src/providers/sinch/accounts/options.ts';
import { credentials, startVoice, type RequestWish, type VoiceSetting } from './voice-under-test.ts';

const numbers = '/v1/configuration/numbers';
const basic = (key: string, secret: string) => `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`;

test('the official SDK’s signature is accepted, and the trace is in the exchange', async () => {
  const voice = await startVoice({ strict: true });
  await voice.sinch.voice.applications.listNumbers({});
  const [exchange] = voice.journal.list();
  expect(exchange).toMatchObject({
    provider: 'sinch',
    account: credentials.applicationKey,
    authentication: { scheme: 'sinch-application', outcome: 'accepted' },
  });
  expect(exchange?.authentication?.trace?.()?.claims.keyId).toBe(credentials.applicationKey);
});

test.for<[title: string, wish: RequestWish, status: number, errorCode: number, message: string]>([
  [
    'no Authorization header',
    { tamper: without('authorization') },
    401,
    40100,
    'Authorization header missing, illegal or invalid',
  ],
  [
    'a header of another scheme',
    { tamper: (headers) => ({ ...headers, authorization: 'Bearer abc' }) },
    401,
    40100,
    'Authorization header missing, illegal or invalid',
  ],
  [
    'a key without a signature',
    { tamper: (headers) => ({ ...headers, authorization: `application ${credentials.applicationKey}` }) },
    401,
    40100,
    'Authorization header missing, illegal or invalid',
  ],
  ['no timestamp', { tamper: without('x-timestamp') }, 401, 40101, 'X-Timestamp request header invalid or missing'],
  [
    'a timestamp that is no ISO 8601',
    { tamper: (headers) => ({ ...headers, 'x-timestamp': 'Sun, 22 Nov 2026 10:00:00 GMT' }) },
    401,
    40101,
    'X-Timestamp request header invalid or missing',
  ],
  [
    'a signature over another timestamp',
    {
      tamper: (headers) => ({ ...headers, 'x-timestamp': new Date().toISOString() + '' }),
      date: new Date(Date.now() - 2_000),
    },
    401,
    40102,
    'Request has invalid signature',
  ],
  [
    'a stale timestamp under a right signature',
    { date: new Date(Date.now() - 6 * 60_000) },
    401,
    40105,
    'The request for authorization has expired',
  ],
  [
    'a timestamp far ahead under a right signature',
    { date: new Date(Date.now() + 6 * 60_000) },
    401,
    40105,
    'The request for authorization has expired',
  ],
  [
    'an unknown application key',
    {
      tamper: (headers) => ({
        ...headers,
        authorization: String(headers['authorization']).replace(
          credentials.applicationKey,
          'c0157e51-0000-4000-8000-00000000ffff',
        ),
      }),
    },
    401,
    40108,
    'Invalid credentials',
  ],
  [
    'Basic with a wrong secret',
    { tamper: (headers) => ({ ...headers, authorization: basic(credentials.applicationKey, 'guess') }) },
    401,
    40107,
    'Wrong authorization type, or invalid password or key',
  ],
  [
    'Basic with an unknown key',
    { tamper: (headers) => ({ ...headers, authorization: basic('nobody', 'guess') }) },
    401,
    40108,
    'Invalid credentials',
  ],
  [
    'Basic that is no base64',
    { tamper: (headers) => ({ ...headers, authorization: 'Basic !' }) },
    401,
    40100,
    'Authorization header missing, illegal or invalid',
  ],
])('%s is refused', async ([, wish, status, errorCode, message]) => {
  const voice = await startVoice();
  const answer = await voice.request('GET', numbers, wish);
  expect(answer).toMatchObject({ status, body: { errorCode, message, reference: expect.any(String) } });
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  // The Node SDK takes a challenge that says "expired" for OAuth's and fails to read the error.
  expect(answer.headers.get('www-authenticate')).toBeNull();
});

test('the SDK reads a refusal as its own error type', async () => {
  const { SinchClient } = await import('@sinch/sdk-core');
  const voice = await startVoice();
  const stranger = new SinchClient({
    ...credentials,
    applicationSecret: 'AAAAAAAAAAAAAAAAAAAAAA==',
    voiceHostname: voice.url,
    voiceApplicationManagementHostname: voice.url,
  });
  const refused: { statusCode?: number; data?: string } = await stranger.voice.applications
    .listNumbers({})
    .then(() => ({}))
    .catch((error: object) => error);
  expect(refused.statusCode).toBe(401);
  expect(JSON.parse(refused.data ?? '')).toMatchObject({ errorCode: 40102 });
});

test('Basic is accepted as well as signing, also with the legacy user name', async () => {
  const voice = await startVoice();
  const { applicationKey, applicationSecret } = credentials;
  for (const user of [applicationKey, `application\\${applicationKey}`]) {
    const answer = await fetch(voice.url + numbers, { headers: { authorization: basic(user, applicationSecret) } });
    expect(answer.status).toBe(200);
  }
  expect(voice.journal.list()[0]).toMatchObject({ authentication: { scheme: 'basic', outcome: 'accepted' } });
});

test('Basic can be switched off, as production should', async () => {
  const voice = await startVoice({ basicAuthentication: 'refused' });
  const answer = await voice.request('GET', numbers, {
    tamper: () => ({ authorization: basic(credentials.applicationKey, credentials.applicationSecret) }),
  });
  expect(answer).toMatchObject({ status: 401, body: { errorCode: 40104 } });
  expect(await voice.request('GET', numbers)).toMatchObject({ status: 200 });
});

test('known deviations of official SDKs are tolerated and named, unless the server is strict', async () => {
  const path = '/v1/calling/query/number/%2B12065550150';
  // As the Java SDK does it: the decoded path is signed, the escaped one is sent.
  const javaLike = async (setting: VoiceSetting) => {
    const voice = await startVoice(setting);
    const signed = await signedHeaders('/v1/calling/query/number/+12065550150');
    const response = await fetch(voice.url + path, { headers: signed });
    return { status: response.status, authentication: voice.journal.list()[0]?.authentication };
  };
  expect(await javaLike({})).toMatchObject({
    status: 200,
    authentication: { outcome: 'tolerated', code: 'path-decoded' },
  });
  expect(await javaLike({ strict: true })).toMatchObject({
    status: 401,
    authentication: { outcome: 'refused', code: 'signature/mismatch' },
  });
});

test('a refusal is explained where the server can explain it', async () => {
  const explained: string[] = [];
  const voice = await startVoice({
    explainRefusal: async ({ scheme, credential }) => {
      explained.push(`${scheme.id} ${credential.keyId}`);
      return {};
    },
  });
  await voice.request('GET', numbers, { tamper: (headers) => ({ ...headers, 'content-type': 'text/plain' }) });
  expect(explained).toEqual([`sinch-application ${credentials.applicationKey}`]);
});

test('an application key in upper case is another key, and the refusal is explained by the name alone', async () => {
  const found: (readonly string[])[] = [];
  const voice = await startVoice({
    explainRefusal: async ({ scheme, credential, message }) => {
      const { verdict, mistakes } = diagnose(scheme, credential, message);
      found.push([verdict, ...mistakes.map(({ id }) => id)]);
      return {};
    },
  });
  const answer = await voice.request('GET', numbers, {
    tamper: (headers) => ({
      ...headers,
      authorization: String(headers['authorization']).replace(
        credentials.applicationKey,
        credentials.applicationKey.toUpperCase(),
      ),
    }),
  });
  expect(answer).toMatchObject({ status: 401, body: { errorCode: 40108 } });
  expect(found).toEqual([['explained', 'key/id']]);
});

test('a fault of the server itself is answered as 50000, and told to whoever runs it', async () => {
  const voice = await startVoice({
    explainRefusal: async () => {
      throw new Error('the explainer is broken');
    },
  });
  const answer = await voice.request('GET', numbers, { tamper: (headers) => ({ ...headers, 'content-type': 'x/y' }) });
  expect(answer).toMatchObject({ status: 500, body: { errorCode: 50000, message: 'Internal error' } });
  expect(voice.problems.splice(0)).toEqual([
    expect.stringMatching(`^reference ${String(answer.body['reference'])}: Error: the explainer is broken\n`),
  ]);
});

interface Captured {
  readonly vectors: readonly {
    readonly id: string;
    readonly key: { readonly id: string; readonly secret: string };
    readonly request: { method: string; target: string; headers: [string, string][]; body: string };
    readonly date: string;
    readonly adds: [string, string][];
  }[];
}

const captured: Captured = JSON.parse(
  readFileSync(new URL('../../../../../vectors/sinch-application/captured.json', import.meta.url), 'utf8'),
);

test.for(captured.vectors)('the captured request $id is accepted', async ({ key, request, date, adds }) => {
  const secret = new Secret(key.secret, 'base64');
  const account = {
    provider: 'sinch',
    applicationKey: key.id,
    credential: { keyId: key.id, secret },
    numbers: [],
    callbacks: {},
  } as const;
  const records: AuthenticationRecord[] = [];
  const exchange: ExchangeRecorder = {
    id: 'x1',
    provider: () => {},
    call: () => {},
    authentication: (record) => void records.push(record),
  };
  const authenticate = sinchAuthenticator(
    { strict: true, wallNow: () => new Date(date) },
    new Applications([account]),
    sinchSettings(),
  );
  const { body, headers, ...line } = request;
  const message = { ...line, headers: [...headers, ...adds], body: Buffer.from(body ?? '') };
  expect(await authenticate(message, exchange)).toBe(account);
  expect(records).toMatchObject([{ outcome: 'accepted' }]);
});

function without(name: string): NonNullable<RequestWish['tamper']> {
  return (headers) => Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
}

async function signedHeaders(path: string): Promise<Record<string, string>> {
  const { createHmac } = await import('node:crypto');
  const timestamp = new Date().toISOString();
  const text = `GET\n\napplication/json\nx-timestamp:${timestamp}\n${path}`;
  const signature = createHmac('sha256', Buffer.from(credentials.applicationSecret, 'base64'))
    .update(text)
    .digest('base64');
  return {
    'content-type': 'application/json',
    'x-timestamp': timestamp,
    authorization: `application ${credentials.applicationKey}:${signature}`,
  };
}
