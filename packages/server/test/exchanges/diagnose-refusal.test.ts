import { message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { afterEach, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/server.ts';
import type { ServerOptions } from '../../src/config/server-options.ts';
import { isDevelopmentCredential } from '../../src/development-account.ts';
import { RefusalExplainer } from '../../src/exchanges/diagnose-refusal.ts';
import { developmentAccount } from '@countersign/core/development-account';

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function start(options: ServerOptions = {}): Promise<RunningServer> {
  const server = await startServer({ port: 0, clock: 'virtual', ...options });
  running.push(server);
  return server;
}

/** Signs one request and sends another: the signature is that of `signedTarget` with `signedBody`. */
async function sendMissigned(
  server: RunningServer,
  signedTarget: string,
  sentTarget: string,
  options: { key?: string; signedBody?: string; body?: string } = {},
): Promise<Response> {
  const { key = developmentAccount.acs.accessKey, body = '{}', signedBody = body } = options;
  const unsigned = message({ method: 'POST', url: server.url + sentTarget, body: signedBody });
  const { headers } = sign(acsHmac, { secret: new Secret(key, 'base64') }, { ...unsigned, target: signedTarget });
  return fetch(server.url + sentTarget, {
    method: 'POST',
    headers: headers.map(([name, value]) => [name, value] as [string, string]),
    body,
  });
}

const play = '/calling/callConnections/abc:play?api-version=2024-04-15';

/** Waits until the newest exchange's diagnosis, whether found at once or in the background, is of that kind. */
function diagnosed(server: RunningServer, verdict: 'explained' | 'unexplained'): Promise<unknown> {
  return server.control.waitFor(
    () => {
      const diagnosis = server.control.exchanges()[0]?.authentication?.diagnosis;
      return diagnosis?.verdict === verdict;
    },
    { timeoutMs: 30_000 },
  );
}

describe('a refused request', () => {
  test('keeps the provider’s own answer, and its exchange names the mistake with its proof', async () => {
    const server = await start();
    const response = await sendMissigned(server, play.replace('abc', '{{callConnectionId}}'), play);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({ error: { code: '7509', message: 'HMAC-SHA256 validation failed' } });
    await diagnosed(server, 'explained');
    const id = response.headers.get('x-countersign-exchange');
    const exchange: unknown = await (await fetch(`${server.url}/_control/exchanges/${id}`)).json();
    expect(exchange).toMatchObject({
      authentication: { outcome: 'refused', code: 'signature/mismatch', mistakes: ['template/unresolved'] },
      diagnosis: { verdict: 'explained', mistakes: [{ id: 'template/unresolved', proven: true }] },
    });
    expect(JSON.stringify(exchange)).not.toContain(developmentAccount.acs.accessKey);
  });

  test('that is sent again as it was gets its explanation on a header line, without a search', async () => {
    const server = await start();
    const unsigned = message({ method: 'POST', url: server.url + play, body: '{}' });
    const { headers } = sign(
      acsHmac,
      { secret: new Secret(developmentAccount.acs.accessKey, 'base64') },
      { ...unsigned, target: `${server.url}${play}` },
    );
    const pairs = headers.map(([name, value]): [string, string] => [name, value]);
    const send = () => fetch(server.url + play, { method: 'POST', headers: pairs, body: '{}' });
    await send();
    await diagnosed(server, 'explained');
    const found = server.control.exchanges()[0]?.authentication?.diagnosis;
    const header = (await send()).headers.get('x-countersign-diagnosis') ?? '';
    expect(header).toMatch(/^url\/absolute: [\x20-\x7e]+$/);
    expect(header).not.toContain(developmentAccount.acs.accessKey);
    expect(server.control.exchanges()[0]?.authentication?.diagnosis).toBe(found);
  });

  test('is judged by the bytes that arrived, also in chunks: no editor stood between', async () => {
    const server = await start();
    const unsigned = message({ method: 'POST', url: server.url + play, body: '{"loop":true}' });
    const { headers } = sign(acsHmac, { secret: new Secret(developmentAccount.acs.accessKey, 'base64') }, unsigned);
    const sent = {
      method: 'POST',
      headers: headers.map(([name, value]): [string, string] => [name, value]),
      body: new Blob(['{"loop":true}\n']).stream(),
      duplex: 'half',
    };
    expect((await fetch(server.url + play, sent as RequestInit)).status).toBe(401);
    await diagnosed(server, 'explained');
    const diagnosis = server.control.exchanges()[0]?.authentication?.diagnosis;
    expect(diagnosis?.mistakes.map(({ id }) => id)).toEqual(['body/newlines']);
    expect(diagnosis?.notes.map(({ id }) => id)).not.toContain('input/edited');
  });

  test('in a loop with ever new signatures is searched each time, with as many candidates', async () => {
    const server = await start();
    const otherKey = Buffer.from('another key that is nobody’s').toString('base64');
    const tried = new Set<number>();
    for (let n = 10; n < 16; n += 1) {
      const response = await sendMissigned(server, play, play, { key: otherKey, body: `{"n":${n}}` });
      expect(response.headers.get('x-countersign-diagnosis')).toMatch(/^unexplained at first sight/);
      tried.add(server.control.exchanges()[0]?.authentication?.diagnosis?.tried ?? 0);
    }
    expect(tried.size).toBeLessThanOrEqual(2);
  });
});

describe('a signature that was shortened', () => {
  /** Its first eight characters are left. */
  const shortened = (key: string, base: string) => {
    const unsigned = message({ method: 'POST', url: base + play, body: '{}' });
    const headers = sign(acsHmac, { secret: new Secret(key, 'base64') }, unsigned).headers.map(
      ([name, value]): [string, string] => [name, value.replace(/(Signature=.{8}).*$/, '$1...')],
    );
    return { ...unsigned, headers: [...unsigned.headers, ...headers] };
  };

  test('is told of the development key, which is public', async () => {
    const server = await start();
    const { headers } = shortened(developmentAccount.acs.accessKey, server.url);
    const sent = headers.filter(([name]) => name.toLowerCase() !== 'host');
    await fetch(server.url + play, { method: 'POST', headers: sent as [string, string][], body: '{}' });
    await diagnosed(server, 'explained');
    const [exchange] = server.control.exchanges();
    expect(exchange?.authentication?.diagnosis?.mistakes[0]?.id).toBe('signature/damaged');
  });

  test('is told of no other key: that would be an oracle', async () => {
    const explainer = new RefusalExplainer({
      wallNow: () => new Date(),
      publicHosts: [],
      isPublicKey: () => false,
      amend: () => {},
      onInternalError: (error) => expect.fail(error.message),
    });
    const key = Buffer.from('a key of the user, of 32 bytes !').toString('base64');
    const { diagnosis } = await explainer.explain({
      message: shortened(key, 'http://localhost:7509'),
      exchange: { id: 'x1', provider() {}, authentication() {}, call() {} },
      scheme: acsHmac,
      credential: { secret: new Secret(key, 'base64') },
    });
    expect(diagnosis?.verdict).toBe('unexplained');
    await explainer.close();
  });

  test('is told of the keys of the development account, and of those alone', () => {
    expect(isDevelopmentCredential({ secret: developmentAccount.acs.accessKey })).toBe(true);
    expect(isDevelopmentCredential({ secret: new Secret(developmentAccount.sinch.applicationSecret, 'base64') })).toBe(
      true,
    );
    expect(isDevelopmentCredential({ secret: Buffer.from('a key of the user').toString('base64') })).toBe(false);
  });
});

describe('two equal requests at once', () => {
  test('are searched once', async () => {
    const credential = { secret: new Secret(developmentAccount.acs.accessKey, 'base64') };
    const unsigned = message({ method: 'POST', url: `http://localhost:7509${play}`, body: '{}' });
    const { headers } = sign(acsHmac, credential, { ...unsigned, target: `http://localhost:7509${play}` });
    const explainer = new RefusalExplainer({
      wallNow: () => new Date(),
      publicHosts: [],
      amend: () => {},
      onInternalError: (error) => expect.fail(error.message),
    });
    const explain = (id: string) =>
      explainer.explain({
        message: { ...unsigned, headers: [...unsigned.headers, ...headers] },
        exchange: { id, provider() {}, authentication() {}, call() {} },
        scheme: acsHmac,
        credential,
      });
    const [first, second] = await Promise.all([explain('x1'), explain('x2')]);
    expect(first.diagnosis).toBeDefined();
    expect(second.diagnosis).toBe(first.diagnosis);
    await explainer.close();
  });
});

describe('a refused request with a long body', () => {
  test.each(['a=1&bc=%20x&', 'text \n', '[{"a":1}]'])('takes little work before the answer: %j', async (piece) => {
    const text = piece.startsWith('[') ? `[${piece.repeat(100_000).replaceAll('][', '],[')}]` : piece.repeat(100_000);
    const unsigned = message({ method: 'POST', url: `http://localhost:7509${play}`, body: text });
    const otherKey = Buffer.from('a key that this server has never heard of, truly').toString('base64');
    const { headers } = sign(acsHmac, { secret: new Secret(otherKey, 'base64') }, unsigned);
    const explainer = new RefusalExplainer({
      wallNow: () => new Date(),
      publicHosts: [],
      amend: () => {},
      onInternalError: (error) => expect.fail(error.message),
    });
    const body = new TextEncoder().encode(`${text}!`);
    const { diagnosis } = await explainer.explain({
      message: { ...unsigned, body, headers: [...unsigned.headers, ...headers] },
      exchange: { id: 'x1', provider() {}, authentication() {}, call() {} },
      scheme: acsHmac,
      credential: { secret: new Secret(developmentAccount.acs.accessKey, 'base64') },
    });
    expect(diagnosis?.tried).toBeLessThanOrEqual(6_000);
    expect(diagnosis?.notes.map(({ id }) => id)).toContainEqual(
      expect.stringMatching(/^budget\/(?:bytes|candidates)$/),
    );
    await explainer.close();
  });
});

describe('a request that is fixed without a new signature', () => {
  test('is judged again', async () => {
    const { applicationKey, applicationSecret } = developmentAccount.sinch;
    const credential = { keyId: applicationKey, secret: new Secret(applicationSecret, 'base64') };
    const wrong = message({
      method: 'POST',
      url: 'http://localhost:7509/calling/v1/callouts',
      headers: { 'content-type': 'text/plain' },
      body: '{"a":1}',
    });
    const right = { ...wrong, headers: [['content-type', 'application/json'] as const] };
    const signature = sign(sinchApplication, credential, right).headers;
    const explainer = new RefusalExplainer({
      wallNow: () => new Date(),
      publicHosts: [],
      amend: () => {},
      onInternalError: (error) => expect.fail(error.message),
    });
    const verdictOf = async (sent: typeof wrong) => {
      const { diagnosis } = await explainer.explain({
        message: { ...sent, headers: [...sent.headers, ...signature] },
        exchange: { id: 'x1', provider() {}, authentication() {}, call() {} },
        scheme: sinchApplication,
        credential,
      });
      return diagnosis?.verdict;
    };
    expect(await verdictOf(wrong)).not.toBe('valid');
    expect(await verdictOf(right)).toBe('valid');
    await explainer.close();
  });
});

describe('diagnosis is for developers’ machines', () => {
  test('it can be switched off', async () => {
    const server = await start({ diagnoseRefusals: 'never' });
    const response = await sendMissigned(server, `${server.url}${play}`, play);
    expect(response.status).toBe(401);
    expect(response.headers.get('x-countersign-diagnosis')).toBeNull();
    expect(server.control.exchanges()[0]?.authentication?.diagnosis).toBeUndefined();
  });

  test('beyond loopback with real keys it is off unless switched on', async () => {
    const secret = Buffer.from('a real key').toString('base64');
    const real: ServerOptions = {
      host: '0.0.0.0',
      accounts: [{ provider: 'acs', resourceId: 'mine', keys: { primary: { env: 'KEY' } } }],
      environment: { KEY: secret },
    };
    const state = async (options: ServerOptions) =>
      (await fetch(`${(await start(options)).url.replace('localhost', '127.0.0.1')}/_control/state`)).json();
    expect(await state(real)).toMatchObject({ diagnosesRefusals: false });
    expect(await state({ ...real, diagnoseRefusals: 'always' })).toMatchObject({ diagnosesRefusals: true });
    expect(await state({ host: '0.0.0.0' })).toMatchObject({ diagnosesRefusals: true });
  });
});

test('many refusals at once are each explained, those without a known mistake last', async () => {
  const server = await start();
  const targets = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => play.replace('abc', name));
  const unexplainable = Buffer.from('a key that nobody has configured').toString('base64');
  await sendMissigned(server, play, play, { key: unexplainable });
  await Promise.all(targets.map((target) => sendMissigned(server, server.url + target, target)));
  await server.control.waitFor(
    () =>
      server.control.exchanges().filter(({ authentication }) => authentication?.diagnosis?.verdict === 'explained')
        .length === targets.length,
    { timeoutMs: 30_000 },
  );
});
