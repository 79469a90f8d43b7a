import { describe, expect, it } from 'vitest';
import { startAcs } from './acs-under-test.ts';
import { connectedCall } from './calls-under-test.ts';
import { sendSigned, type SignedRequest } from './raw-request.ts';

const create = '/calling/callConnections?api-version=2026-03-12';
const user = { communicationUser: { id: '8:acs:a_b' } };
const phone = { phoneNumber: { value: '+15555550123' } };

describe('a body that is not what the operation takes', () => {
  it.each([
    ['malformed JSON', '{"targets": [}', /malformed JSON at line 1, column 14/],
    ['no body', undefined, /The request body is invalid: the body is empty/],
    ['an array', [], /The request body must be/],
    ['missing fields', {}, 'The targets field is required.'],
    ['no targets', { targets: [], callbackUri: 'https://app.test/' }, /The field targets/],
    ['a target of the wrong type', { targets: ['+1'], callbackUri: 'https://app.test/' }, /The field targets\[0\]/],
    ['a target that names nobody', { targets: [{}], callbackUri: 'https://app.test/' }, /targets\[0\].*names nobody/],
    [
      'a target that names two',
      { targets: [{ ...user, ...phone }], callbackUri: 'https://app.test/' },
      /at most one of communicationUser, phoneNumber/,
    ],
    [
      'a kind that does not match',
      { targets: [{ ...user, kind: 'phoneNumber' }], callbackUri: 'https://app.test/' },
      /its kind is "phoneNumber", but communicationUser is set/,
    ],
    [
      'a number that is not E.164',
      { targets: [{ phoneNumber: { value: '0123' } }], callbackUri: 'https://app.test/' },
      /"0123" is not an E\.164 number/,
    ],
    [
      'a phone without a caller id',
      { targets: [phone], callbackUri: 'https://app.test/' },
      'The sourceCallerIdNumber field is required to call a phone number.',
    ],
    [
      'a context that is too long',
      { targets: [user], callbackUri: 'https://app.test/', operationContext: 'x'.repeat(5001) },
      /operationContext/,
    ],
  ])('is refused with 400/8523: %s', async (_what, body, message) => {
    const acs = await startAcs();
    const answer = await sendSigned(acs.url, { method: 'POST', path: create, body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { code: '8523', message: typeof message === 'string' ? message : expect.stringMatching(message) },
    });
    expect(acs.switchboard.calls()).toEqual([]);
  });

  it('may carry members that nobody knows, and nulls', async () => {
    const acs = await startAcs();
    const body = { targets: [{ ...user, rawId: null }], callbackUri: acs.callback(), source: null, brandNew: { a: 1 } };
    expect((await sendSigned(acs.url, { path: create, body })).status).toBe(201);
  });

  it.each([
    ['a member that nobody knows', 'brandNew', 201],
    ['a member that is a text', 'operationContext', 400],
  ])('may be nested a thousand levels deep: %s', async (_what, name, status) => {
    const acs = await startAcs();
    const known = JSON.stringify({ targets: [user], callbackUri: acs.callback() });
    const body = `${known.slice(0, -1)},"${name}":${'['.repeat(999)}${']'.repeat(999)}}`;
    expect((await sendSigned(acs.url, { path: create, body })).status).toBe(status);
  });

  it.each([
    [
      'nested deeper',
      `{"a":${'['.repeat(1_000)}${']'.repeat(1_000)}}`,
      /line 1, column 1005: it is nested more than 1000 levels/,
    ],
    ['of more values than a request can need', `[${'1,'.repeat(20_000)}1]`, /it has more than 20000 values/],
  ])('is refused before it is parsed when it is %s', async (_what, body, message) => {
    const acs = await startAcs();
    const answer = await sendSigned(acs.url, { path: create, body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: '8523', message: expect.stringMatching(message) } });
  });
});

describe('a callback address', () => {
  it.each(['ftp://app.test/', 'app.test', '', 'http://example.com/events', 'https://user:pass@app.test/'])(
    'is refused as in Azure: %s',
    async (callbackUri) => {
      const acs = await startAcs();
      const answer = await sendSigned(acs.url, { path: create, body: { targets: [user], callbackUri } });
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({
        error: { code: '8523', message: 'The field CallbackUri is invalid', target: 'callbackUri' },
      });
    },
  );

  it.each(['https://app.example.test/cb', 'http://localhost:1/cb', 'http://10.1.2.3/cb', 'http://app:3000/cb'])(
    'is accepted: %s',
    async (callbackUri) => {
      const acs = await startAcs();
      const answer = await sendSigned(acs.url, { path: create, body: { targets: [user], callbackUri } });
      expect(answer.status).toBe(201);
    },
  );

  it('must be https when the server is as strict as Azure', async () => {
    const acs = await startAcs({ strictCallbacks: true });
    const answer = await sendSigned(acs.url, { path: create, body: { targets: [user], callbackUri: acs.callback() } });
    expect(answer.status).toBe(400);
  });

  it('of an operation is checked too', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    await expect(
      call.getCallMedia().playToAll([{ kind: 'fileSource', url: 'https://cdn.test/a.wav' }], {
        operationCallbackUrl: 'ftp://app.test/',
      }),
    ).rejects.toMatchObject({ code: '8523', message: 'The field OperationCallbackUri is invalid' });
  });
});

describe('the api-version', () => {
  it.each([
    ['is missing', '/calling/callConnections', 400, 'ApiVersionUnspecified', /required, but was not specified/],
    ['is empty', '/calling/callConnections?api-version=', 400, 'ApiVersionUnspecified', /required/],
    [
      'is a preview',
      '/calling/callConnections?api-version=2024-11-15-preview',
      400,
      'UnsupportedApiVersion',
      /'\/calling\/callConnections' does not support the API version '2024-11-15-preview'/,
    ],
    ['is unknown', '/calling/callConnections?api-version=1', 400, 'UnsupportedApiVersion', /API version '1'/],
    [
      'is older than the operation',
      '/calling/callConnections:connect?api-version=2024-04-15',
      400,
      'UnsupportedApiVersion',
      /does not support the API version '2024-04-15'/,
    ],
  ])('%s', async (_what, path, status, code, message) => {
    const acs = await startAcs();
    const answer = await sendSigned(acs.url, { path, body: { targets: [user], callbackUri: acs.callback() } });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { code, message: expect.stringMatching(message) } });
  });

  it('ends where a second question mark stands, and one request says nothing of the next', async () => {
    const acs = await startAcs();
    const statuses: number[] = [];
    for (const query of [
      'api-version=1',
      'api-version=2024-04-15?x=1',
      '?api-version=2024-04-15',
      'API-VERSION=2024-04-15',
    ]) {
      const path = `/calling/callConnections/none?${query}`;
      statuses.push((await sendSigned(acs.url, { method: 'GET', path })).status);
    }
    expect(statuses).toEqual([400, 404, 400, 404]);
  });

  it('judges members: text came with 2023-10-15', async () => {
    const acs = await startAcs();
    const call = await connectedCall(acs);
    const { callConnectionId } = await call.getCallConnectionProperties();
    const request: SignedRequest = {
      path: `/calling/callConnections/${callConnectionId}:play?api-version=2023-03-06`,
      body: { playSources: [{ kind: 'text', text: { text: 'Hello' } }] },
    };
    const answer = await sendSigned(acs.url, request);
    expect(await answer.json()).toMatchObject({ error: { code: '8523', target: 'playSources[0].kind' } });
  });

  it('counts the sources of a play: some thousands of them are not prepared', async () => {
    const acs = await startAcs();
    const { callConnectionId } = await (await connectedCall(acs)).getCallConnectionProperties();
    const path = `/calling/callConnections/${callConnectionId}:play?api-version=2024-09-15`;
    const playSources = Array.from({ length: 51 }, (_, at) => ({
      kind: 'file',
      file: { uri: `http://localhost/${at}` },
    }));
    const answer = await sendSigned(acs.url, { path, body: { playSources } });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { code: '8523', message: expect.stringMatching(/playSources/) },
    });
  });
});

it.each(['constructor', '__proto__', 'toString'])('an id that every object has names nothing: %s', async (id) => {
  const acs = await startAcs();
  await connectedCall(acs);
  for (const path of [`/calling/recordings/${id}`, `/calling/callConnections/${id}`]) {
    expect((await sendSigned(acs.url, { path: `${path}?api-version=2026-03-12` })).status).toBe(404);
  }
});

describe('a path that does not exist', () => {
  it.each([
    ['GET', '/calling/nothing?api-version=2026-03-12', 404, /No HTTP resource was found/],
    ['POST', '/calling/callConnections/c:dance?api-version=2026-03-12', 404, /No HTTP resource was found/],
    ['GET', '/calling/callConnections?api-version=2026-03-12', 405, /does not support http method 'GET'/],
    ['DELETE', '/calling/callConnections/c:play?api-version=2026-03-12', 405, /'DELETE'/],
  ])('%s %s', async (method, path, status, message) => {
    const acs = await startAcs();
    const answer = await sendSigned(acs.url, { method, path });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ error: { message: expect.stringMatching(message) } });
  });
});

it('a body beyond the limit is refused with 413 in the same shape, and the server stays up', async () => {
  const acs = await startAcs();
  const answer = await sendSigned(acs.url, { path: create, body: `"${'x'.repeat(1_100_000)}"` });
  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ error: { code: 'RequestEntityTooLarge' } });
  expect((await sendSigned(acs.url, { path: create })).status).toBe(405);
});
