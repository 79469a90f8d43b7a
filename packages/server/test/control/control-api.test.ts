import { afterEach, describe, expect, test } from 'vitest';
import { bounds } from '../../src/bounded/bounds.ts';
import { plugs } from '../../src/plugs.ts';
import type { ServerOptions } from '../../src/config/server-options.ts';
import { type RunningServer, startServer } from '../../src/server.ts';
import { rawText, sendBytes } from '../http/raw-http.ts';
import { type Receiver, startReceiver } from '../server/receiver.ts';
import { createCall, sendSigned } from '../server/signed-request.ts';

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

async function start(options: ServerOptions = {}): Promise<RunningServer> {
  const server = await startServer({ port: 0, clock: 'virtual', ...options });
  running.push(server);
  return server;
}

async function receive(...args: Parameters<typeof startReceiver>): Promise<Receiver> {
  const receiver = await startReceiver(...args);
  running.push(receiver);
  return receiver;
}

/** Calls the control API. */
async function control(server: RunningServer, method: string, path: string, body?: unknown) {
  const response = await fetch(`${server.url}/_control/${path}`, {
    method,
    ...(method === 'GET' || method === 'DELETE'
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) }),
  });
  const text = await response.text();
  return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as never as Json };
}
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads whatever JSON is there
type Json = any;

describe('state', () => {
  test('shows the server, its accounts and the development credentials, and no other secret', async () => {
    const key = Buffer.from('a real key of a real resource').toString('base64');
    const server = await start({
      accounts: [{ provider: 'acs', resourceId: 'mine', keys: { primary: { env: 'MY_KEY' } } }],
      environment: { MY_KEY: key },
    });
    const { body } = await control(server, 'GET', 'state');
    expect(body).toMatchObject({
      url: server.url,
      clock: { kind: 'virtual', nowMs: Date.UTC(2026, 0, 1) },
      accounts: [{ provider: 'acs', keys: ['development'] }, { provider: 'sinch' }, { id: 'mine', keys: ['primary'] }],
      environment: { SINCH_APPLICATION_KEY: 'c0157e51-0000-4000-8000-000000000002' },
    });
    expect(JSON.stringify(body)).not.toContain(key);
  });

  test('says of each provider how it is called, what signs its requests, and how its development account is reached', async () => {
    const server = await start();
    const { providers, accounts, environment } = (await control(server, 'GET', 'state')).body;
    expect(providers).toMatchObject([
      { name: 'acs', title: 'ACS', accountTitle: 'ACS resource', schemes: ['acs-hmac'] },
      { name: 'sinch', title: 'Sinch', accountTitle: 'Sinch application', schemes: ['sinch-application'] },
    ]);
    for (const [index, { name, development }] of providers.entries()) {
      expect(accounts[index]).toMatchObject({ provider: name, id: development.account, numbers: [development.number] });
      expect(environment).toMatchObject(development.environment);
      const titles = development.snippets.map(({ title }: { title: string }) => title);
      expect(new Set(titles).size).toBe(titles.length);
    }
  });

  test('tells no way to reach a development account that is switched off', async () => {
    const { body } = await control(await start({ developmentAccount: false }), 'GET', 'state');
    expect(body).toMatchObject({ accounts: [], providers: [{ name: 'acs' }, { name: 'sinch' }] });
    expect(JSON.stringify(body)).not.toContain('c0157e51');
  });

  test('is healthy', async () => {
    expect(await control(await start(), 'GET', 'healthz')).toEqual({ status: 200, body: { status: 'ok' } });
  });
});

describe('exchanges', () => {
  test('are listed newest first, page by page, and each is there whole', async () => {
    const server = await start();
    for (let n = 0; n < 5; n += 1) await fetch(`${server.url}/calling/nothing-${n}`);
    const first = (await control(server, 'GET', 'exchanges?limit=2')).body;
    expect(first.exchanges.map(({ target }: Json) => target)).toEqual(['/calling/nothing-4', '/calling/nothing-3']);
    const second = (await control(server, 'GET', `exchanges?limit=2&before=${first.next}`)).body;
    expect(second.exchanges.map(({ target }: Json) => target)).toEqual(['/calling/nothing-2', '/calling/nothing-1']);
    const last = (await control(server, 'GET', `exchanges?limit=2&before=${second.next}`)).body;
    expect(last).toEqual({ exchanges: [expect.objectContaining({ target: '/calling/nothing-0' })] });
  });

  test('an accepted one shows its signature’s anatomy', async () => {
    const server = await start();
    await createCall(server.url, '+14255550123', 'http://localhost:1234/');
    const [{ id }] = (await control(server, 'GET', 'exchanges?outcome=accepted')).body.exchanges;
    const { body } = await control(server, 'GET', `exchanges/${id}`);
    expect(body).toMatchObject({
      provider: 'acs',
      status: 201,
      call: expect.any(String),
      authentication: { scheme: 'acs-hmac', outcome: 'accepted' },
      request: { body: { text: expect.stringContaining('+14255550123') } },
      response: { status: 201 },
    });
    const parts = body.trace.parts.map(({ before, bytes, after }: Json) => before + bytes.text + after).join('');
    expect(parts).toBe(body.trace.stringToSign.text);
    expect(parts).toMatch(/^POST\n\/calling\/callConnections\?api-version=2024-04-15\n/);
  });

  test('the raw file is the request byte for byte', async () => {
    const server = await start();
    const bytes = Buffer.from(
      rawText('POST /calling/x HTTP/1.1', ['X-A:  b', 'Content-Length: 3'], '\u0000\u00ff\n'),
      'latin1',
    );
    const { headers } = await sendBytes(server.url.replace('localhost', '127.0.0.1'), bytes);
    const raw = await fetch(`${server.url}/_control/exchanges/${headers['x-countersign-exchange']}/raw`);
    expect(Buffer.from(await raw.arrayBuffer()).toString('latin1')).toBe(
      bytes.toString('latin1').replace('X-A:  b', 'X-A: b'),
    );
  });

  test('one that the limits dropped is gone, one that never was is not found', async () => {
    const server = await start({ limits: { exchanges: 2 } });
    for (let n = 0; n < 3; n += 1) await fetch(`${server.url}/calling/${n}`);
    expect(await control(server, 'GET', 'exchanges/x1')).toMatchObject({
      status: 410,
      body: { error: { code: 'gone' } },
    });
    expect((await control(server, 'GET', 'exchanges/x3')).status).toBe(200);
    expect((await control(server, 'GET', 'exchanges/x4')).status).toBe(404);
    expect((await control(server, 'GET', 'exchanges/nonsense')).status).toBe(404);
  });
});

describe('calls and phones', () => {
  test('a phone is picked up, presses, speaks and hangs up by hand', async () => {
    const server = await start();
    const number = '+14255550177';
    const scripted = await control(server, 'PUT', `phones/${encodeURIComponent(number)}`, { pickUp: 'manual' });
    expect(scripted).toMatchObject({ status: 200, body: { number, script: { pickUp: 'manual' } } });
    const { callConnectionId: id } = (await (
      await createCall(server.url, number, 'http://localhost:1/')
    ).json()) as Json;
    expect((await control(server, 'GET', `phones/${number}`)).body).toMatchObject({
      state: 'ringing',
      lines: [{ call: id }],
    });
    expect(await control(server, 'POST', `phones/${number}/press`, { tones: '1' })).toMatchObject({
      status: 409,
      body: { error: { code: 'phone/not-connected' } },
    });
    expect((await control(server, 'POST', `phones/${number}/answer`)).body).toMatchObject({ call: id });
    expect((await control(server, 'POST', `phones/${number}/press`, { tones: '1#' })).status).toBe(200);
    expect((await control(server, 'POST', `phones/${number}/say`, { text: 'Good morning' })).status).toBe(200);
    await server.control.advance('5s');
    expect((await control(server, 'POST', `phones/${number}/hangup`)).status).toBe(200);
    const { body } = await control(server, 'GET', `calls/${id}`);
    expect(body).toMatchObject({ id, provider: 'acs', state: 'ended', legs: [{ number: 1, cause: 'hung-up' }] });
    expect(body.events.map(({ type }: Json) => type)).toEqual(
      expect.arrayContaining(['call-opened', 'leg-answered', 'tones-pressed', 'leg-said', 'call-ended']),
    );
    expect(body.audio[0].spoken).toEqual(expect.arrayContaining([expect.objectContaining({ text: 'Good morning' })]));
    const wav = await fetch(server.url + body.audio[0].spokenUrl);
    expect(wav.headers.get('content-type')).toBe('audio/wav');
    expect(Number(wav.headers.get('content-length'))).toBe((await wav.arrayBuffer()).byteLength);
    expect((await control(server, 'GET', 'calls?state=ended')).body.calls).toMatchObject([{ id }]);
  });

  test('a phone texts an account’s number; what its application is told belongs to no call', async () => {
    const application = await receive((_callback, response) => response.end());
    const server = await start({ acs: { eventGridSubscriptions: [{ endpoint: application.url }] } });
    const sent = await control(server, 'POST', 'phones/+14255550123/text', { to: '+1 206 555 0100', text: 'Hi' });
    expect(sent).toMatchObject({ status: 200, body: { id: expect.stringMatching(/^Incoming_/) } });
    const { callbacks } = (await control(server, 'GET', 'callbacks')).body;
    expect(callbacks).toMatchObject([{ event: 'Microsoft.EventGrid.SubscriptionValidationEvent' }]);
    expect(callbacks[0]).not.toHaveProperty('call');
    expect(await control(server, 'POST', 'phones/+14255550123/text', { to: '+12065550150', text: 'Hi' })).toMatchObject(
      {
        status: 404,
        body: { error: { code: 'text/number-not-found' } },
      },
    );
  });

  test('a phone dials an account’s number, and its provider opens the call', async () => {
    const server = await start();
    const dialed = await control(server, 'POST', 'phones/+14255550123/dial', { to: '+12065550150' });
    expect(dialed.status).toBe(200);
    expect((await control(server, 'GET', `calls/${dialed.body.call}`)).body).toMatchObject({ provider: 'sinch' });
    expect(await control(server, 'POST', 'phones/+14255550123/dial', { to: '+19995550000' })).toMatchObject({
      status: 404,
      body: { error: { code: 'dial/number-not-found' } },
    });
  });

  test('what a leg hears streams live, and the stream ends with the leg', async () => {
    const server = await start();
    const { callConnectionId: id } = (await (
      await createCall(server.url, '+14255550123', 'http://localhost:1/')
    ).json()) as Json;
    await server.control.advance('2s');
    const live = await fetch(`${server.url}/_control/calls/${id}/legs/1/live.wav`);
    const play = `${server.url}/calling/callConnections/${id}:play?api-version=2024-04-15`;
    await sendSigned('acs', 'POST', play, {
      playSources: [{ kind: 'text', text: { text: 'One two three.', voiceName: 'en-US-GuyNeural' } }],
    });
    await server.control.advance('4s');
    await sendSigned('acs', 'DELETE', `${server.url}/calling/callConnections/${id}?api-version=2024-04-15`);
    const bytes = Buffer.from(await live.arrayBuffer());
    expect(bytes.subarray(0, 4).toString()).toBe('RIFF');
    expect(bytes.length - 44).toBe(4 * 16_000 * 2);
    expect(bytes.subarray(44).some((byte) => byte !== 0)).toBe(true);
  });

  test('no more listeners hear legs live, nor clients follow the events, than there may', async () => {
    const server = await start();
    const { callConnectionId: id } = (await (
      await createCall(server.url, '+14255550123', 'http://localhost:1/')
    ).json()) as Json;
    await server.control.advance('2s');
    const abort = new AbortController();
    const get = (path: string): Promise<Response> => fetch(`${server.url}/_control/${path}`, { signal: abort.signal });
    const live = `calls/${id}/legs/1/live.wav`;
    for (let n = 0; n < bounds['live-listeners'].items; n += 1) expect((await get(live)).status).toBe(200);
    const refused = await get(live);
    expect([refused.status, ((await refused.json()) as Json).error.code]).toEqual([503, 'live/too-many']);
    for (let n = 0; n < bounds['event-streams'].items; n += 1) expect((await get('events')).status).toBe(200);
    const more = await get('events');
    expect([more.status, ((await more.json()) as Json).error.code]).toEqual([503, 'events/too-many']);
    abort.abort();
  });

  test.each([
    ['a script that is none', 'PUT', 'phones/+1425', { pickUp: 'perhaps' }, 400, 'must be one of answer'],
    ['keys that are none', 'POST', 'phones/+1425/press', { tones: 'x' }, 400, 'keys are'],
    ['a missing member', 'POST', 'phones/+1425/press', {}, 400, '/tones is required'],
    ['an unknown member', 'POST', 'phones/+1425/answer', { log: 1 }, 400, '/log is not known here'],
    ['a call that is not there', 'GET', 'calls/none', undefined, 404, 'there is no call none'],
    ['a query that is not known', 'GET', 'calls?stat=ended', undefined, 400, '/stat is not known here'],
    ['a path that is not there', 'GET', 'nothing', undefined, 404, 'the control API has no GET /_control/nothing'],
  ])('%s gets a specific error', async (_title, method, path, body, status, message) => {
    const answer = await control(await start(), method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toContain(message);
  });
});

describe('the clock', () => {
  test('is advanced when it is virtual, and that is refused when it is real', async () => {
    const virtual = await start();
    expect(await control(virtual, 'POST', 'clock/advance', { ms: 1_500 })).toEqual({
      status: 200,
      body: { nowMs: Date.UTC(2026, 0, 1) + 1_500 },
    });
    const real = await start({ clock: 'real' });
    expect(await control(real, 'POST', 'clock/advance', { ms: 1 })).toMatchObject({
      status: 409,
      body: { error: { code: 'clock/real' } },
    });
  });
});

describe('callbacks, faults and reset', () => {
  test('an undelivered callback shows its attempts, and can be sent again', async () => {
    const server = await start();
    let status = 500;
    const receiver = await receive((_callback, response) => response.writeHead(status).end());
    await createCall(server.url, '+14255550123', receiver.url);
    await server.control.advance('10m');
    const { callbacks } = (await control(server, 'GET', 'callbacks?state=undelivered')).body;
    const { id, attempts } = callbacks.at(-1);
    expect(attempts).toHaveLength(5);
    expect(attempts[0]).toMatchObject({ url: receiver.url, outcome: { status: 500 } });
    status = 200;
    expect((await control(server, 'POST', `callbacks/${id}/resend`)).status).toBe(202);
    await server.control.waitFor((event) => event.type === 'callback' && event.callback.state === 'delivered');
    expect((await control(server, 'GET', `callbacks/${id}`)).body).toMatchObject({ state: 'delivered' });
    expect((await control(server, 'POST', 'callbacks/none/resend')).status).toBe(404);
  });

  test('a fault is switched on and off', async () => {
    const server = await start();
    const receiver = await receive();
    expect((await control(server, 'POST', 'faults', { name: 'callbacks' })).body).toEqual({
      faults: [{ name: 'callbacks' }],
    });
    await createCall(server.url, '+14255550123', receiver.url);
    await server.control.advance('2s');
    expect(receiver.received).toEqual([]);
    expect((await control(server, 'DELETE', 'faults/callbacks')).status).toBe(204);
    await server.control.advance('10m');
    expect(receiver.received.length).toBeGreaterThan(0);
  });

  test('a fault that there is not, or with a code that it cannot be given, is refused by name with what there is', async () => {
    const server = await start();
    const refused = async (fault: object) => {
      const { status, body } = await control(server, 'POST', 'faults', fault);
      return [status, body.error];
    };
    const [status, { code, message }] = (await refused({ name: 'calbacks' })) as [number, Record<string, string>];
    expect([status, code]).toEqual([400, 'faults/unknown']);
    expect(message).toMatch(/^there is no fault "calbacks"; there are callbacks, speech, media, \w+/);
    const known = message?.split('there are ')[1]?.split(', ') ?? [];
    for (const plug of plugs) expect(known).toEqual(expect.arrayContaining(Object.keys(plug.faults)));
    const { faultKinds } = (await control(server, 'GET', 'state')).body;
    expect(faultKinds.map(({ name }: { name: string }) => name)).toEqual(known);
    expect(faultKinds).toContainEqual({ name: 'media', effect: 'no audio file can be downloaded' });
    for (const { name, faults } of plugs) {
      const own = Object.entries(faults).map(([fault, kind]) => ({ name: fault, provider: name, ...kind }));
      expect(faultKinds).toEqual(expect.arrayContaining(own));
    }
    expect(await refused({ name: 'media', code: 'x' })).toEqual([
      400,
      { code: 'faults/unknown-code', message: 'the fault "media" cannot be given the code "x"; it takes none' },
    ]);
    expect(() => server.control.fault({ name: 'speach' })).toThrow('there is no fault "speach"');
    expect(() => server.control.clearFault('speach')).toThrow('there is no fault "speach"');
    expect((await control(server, 'DELETE', 'faults/speach')).status).toBe(400);
    expect((await control(server, 'GET', 'faults')).body).toEqual({ faults: [] });
  });

  test('reset ends calls and forgets what was', async () => {
    const server = await start();
    await createCall(server.url, '+14255550123', 'http://localhost:1/');
    expect((await control(server, 'POST', 'reset')).status).toBe(204);
    expect((await control(server, 'GET', 'exchanges')).body).toEqual({ exchanges: [] });
    expect((await control(server, 'GET', 'calls')).body).toEqual({ calls: [] });
    expect((await control(server, 'GET', 'callbacks')).body).toEqual({ callbacks: [] });
  });
});

describe('a web page of another origin', () => {
  const send = async (server: RunningServer, ...lines: string[]) => {
    const body = '{}';
    const text = [
      'POST /_control/reset HTTP/1.1',
      'Connection: close',
      `Content-Length: ${body.length}`,
      ...lines,
      '',
      body,
    ];
    return sendBytes(server.url.replace('localhost', '127.0.0.1'), text.join('\r\n'));
  };

  test('reaches nothing: not by a rebound name, not across origins, not by a form', async () => {
    const server = await start();
    const { host } = new URL(server.url);
    const json = 'Content-Type: application/json';
    expect((await send(server, `Host: ${host}`, json)).status).toBe(204);
    expect((await send(server, `Host: ${host}`, `Origin: http://${host}`, json)).status).toBe(204);
    expect((await send(server, 'Host: evil.example:7509', json)).status).toBe(403);
    expect((await send(server, 'Host: localhost.evil.example', json)).status).toBe(403);
    expect((await send(server, `Host: ${host}`, 'Origin: https://evil.example', json)).status).toBe(403);
    expect((await send(server, `Host: ${host}`, 'Origin: null', json)).status).toBe(403);
    expect((await send(server, `Host: ${host}`, 'Sec-Fetch-Site: cross-site', json)).status).toBe(403);
    const form = await send(server, `Host: ${host}`, 'Content-Type: text/plain');
    expect(form.status).toBe(415);
    expect(form.headers['access-control-allow-origin']).toBeUndefined();
  });

  test('a configured public name is a name of the server', async () => {
    const server = await start({ publicHosts: ['dev.example.com'] });
    expect((await send(server, 'Host: dev.example.com', 'Content-Type: application/json')).status).toBe(204);
  });
});

describe('the page at /', () => {
  test('says that it is not built, or is the built one', async () => {
    const response = await fetch(`${(await start()).url}/`);
    if (response.status === 503) expect(await response.text()).toContain('npm run build');
    else expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  });
});
