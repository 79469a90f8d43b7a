import { connect } from 'node:net';
import { message } from '@countersign/core/message';
import { developmentAccount } from '@countersign/core/development-account';
import type { Scheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { afterEach, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/server.ts';
import { sendBytes } from '../http/raw-http.ts';
import { startReceiver } from './receiver.ts';

// Written with `printf … | base64`, and 16 bytes of `openssl rand` with both of base64's odd characters.
const acsKey = 'YSByZWFsIGtleSBvZiBhIHJlYWwgcmVzb3VyY2UhISE=';
const sinchKey = 'k/7u+9Xq3zB4+p8/QwErTA==';
const applicationKey = '669E367E-6BBA-48AB-AF15-266871C28135';
const keys = [acsKey, sinchKey, developmentAccount.acs.accessKey, developmentAccount.sinch.applicationSecret];

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

async function start(problems: string[] = []): Promise<RunningServer> {
  const server = await startServer({
    port: 0,
    clock: 'virtual',
    accounts: [
      { provider: 'acs', resourceId: 'mine', keys: { primary: { env: 'ACS' } }, numbers: ['+14255550100'] },
      { provider: 'sinch', applicationKey, applicationSecret: { env: 'SINCH' }, numbers: ['+14255550150'] },
    ],
    environment: { ACS: acsKey, SINCH: sinchKey },
    onProblem: (problem) => problems.push(problem),
  });
  running.push(server);
  return server;
}

/** Ways in which a key is written, by encoders that are not the server's. */
function spellings(key: string): string[] {
  const bytes = Buffer.from(key, 'base64');
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  return [
    key,
    key.replace(/=+$/, ''),
    bytes.toString('hex'),
    bytes.toString('hex').toUpperCase(),
    bytes.toString('base64url'),
    encodeURIComponent(key),
    encodeURIComponent(encodeURIComponent(key)),
    [...Buffer.from(key)].map((byte) => `%${byte.toString(16)}`).join(''),
    JSON.stringify(key.replaceAll('/', '\\/').replaceAll('+', '\\u002b')),
    base64(key),
    base64(`${applicationKey}:${key}`),
    base64(`ab${key}`),
    base64(`endpoint=https://contoso.communication.azure.com/;accesskey=${key}`),
    `endpoint=https://contoso.communication.azure.com/;accesskey=${key}`,
  ];
}

/** What no page, log or file may hold: any ten characters of a key, of its hex or of its base64, in steps of five. */
function leaksIn(shown: string, of: readonly string[] = keys): string[] {
  const decoded = [shown, percentDecoded(shown), shown.replaceAll('\\', ''), ...base64In(shown)].join('\n');
  return of.flatMap((key) => {
    const bytes = Buffer.from(key, 'base64');
    const forms = [key, bytes.toString('base64url'), bytes.toString('hex'), bytes.toString('hex').toUpperCase()];
    return forms.flatMap((form) =>
      Array.from({ length: Math.ceil((form.length - 9) / 5) }, (_, step) => form.slice(step * 5, step * 5 + 10)).filter(
        (piece) => decoded.includes(piece),
      ),
    );
  });
}

function percentDecoded(text: string): string {
  return text
    .replaceAll(/%25/g, '%')
    .replaceAll(/%[0-7][0-9a-f]/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}

function base64In(text: string): string[] {
  return (text.match(/[A-Za-z0-9+/_-]{24,}={0,2}/g) ?? []).flatMap((run) =>
    [0, 1, 2, 3].map((offset) => Buffer.from(run.slice(offset), 'base64').toString('latin1')),
  );
}

interface Sent {
  readonly method?: string;
  readonly target: string;
  readonly headers?: readonly (readonly [string, string])[];
  readonly body?: string | Uint8Array;
  readonly sign?: 'acs' | 'sinch';
}

async function send(server: RunningServer, { method = 'POST', target, headers = [], body = '', sign: by }: Sent) {
  const { host } = new URL(server.url);
  const unsigned = message({ method, url: `${server.url}/`, headers, body });
  const request = { ...unsigned, target, headers: [['Host', host] as const, ...headers] };
  const [scheme, credential]: [Scheme, { keyId?: string; secret: Secret }] =
    by === 'sinch'
      ? [sinchApplication, { keyId: applicationKey, secret: new Secret(sinchKey, 'base64') }]
      : [acsHmac, { secret: new Secret(acsKey, 'base64') }];
  const signing = by ? sign(scheme, credential, request).headers : [];
  const bytes = Buffer.from(body);
  const lines = [...request.headers, ...signing, ['Content-Length', String(bytes.length)], ['Connection', 'close']];
  const head = `${method} ${target} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return sendBytes(server.url, Buffer.concat([Buffer.from(head), bytes]));
}

/** Everything that the control API tells of the server, but for the audio, and what its own program is given. */
async function everythingShown(server: RunningServer): Promise<string> {
  const read = async (path: string): Promise<string> => {
    const response = await fetch(`${server.url}/_control/${path}`);
    return `${path}\n${JSON.stringify([...response.headers])}\n${await response.text()}`;
  };
  const { exchanges } = (await (await fetch(`${server.url}/_control/exchanges?limit=1000`)).json()) as {
    exchanges: { id: string }[];
  };
  const { control } = server;
  const paths = [
    'exchanges?limit=1000',
    ...exchanges.flatMap(({ id }) => [`exchanges/${id}`, `exchanges/${id}/raw`]),
    'calls',
    ...control.calls().map(({ id }) => `calls/${id}`),
    'callbacks?limit=1000',
    ...control.callbacks().map(({ id }) => `callbacks/${id}`),
    'phones',
    'faults',
    'nothing/of/the/kind',
  ];
  const own = {
    exchanges: control.exchanges().map((exchange) => ({ ...exchange, trace: exchange.authentication?.trace?.() })),
    calls: control.calls().map(({ id }) => control.history(id)),
    callbacks: control.callbacks(),
  };
  const bytesAsText = (_name: string, value: unknown): unknown =>
    value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value;
  return [...(await Promise.all(paths.map(read))), JSON.stringify(own, bytesAsText)].join('\n\n');
}

/** Follows the live events from now on. */
async function follow(server: RunningServer): Promise<{ text(): string }> {
  const abort = new AbortController();
  const response = await fetch(`${server.url}/_control/events`, { signal: abort.signal });
  let text = '';
  const reading = (async () => {
    for await (const chunk of response.body ?? []) text += Buffer.from(chunk as Uint8Array).toString();
  })().catch(() => {});
  running.push({
    close: async () => {
      abort.abort();
      await reading;
    },
  });
  return { text: () => text };
}

describe('a key of the server', () => {
  test('in any part of a request and in any spelling is nowhere in what is shown, logged or kept', async () => {
    const problems: string[] = [];
    const server = await start(problems);
    const events = await follow(server);
    const answers: string[] = [];
    const json = ['Content-Type', 'application/json'] as const;
    for (const key of [acsKey, sinchKey, developmentAccount.acs.accessKey]) {
      const all = spellings(key);
      const query = all.map((spelling) => `k=${encodeURIComponent(spelling)}`).join('&');
      const path = all.map((spelling) => spelling.replaceAll(/[^A-Za-z0-9%._-]/g, encodeURIComponent)).join('.');
      const everywhere = all.map((spelling) => ['X-Key', `k=${spelling};`] as const);
      const members = Object.fromEntries(all.map((spelling) => [spelling, [spelling]]));
      const bytes = Buffer.from(key, 'base64');
      const authorizations = [
        `Basic ${Buffer.from(`${applicationKey}:${key}`).toString('base64')}`,
        `endpoint=https://contoso.communication.azure.com/;accesskey=${key}`,
        `application ${key}:${key}`,
        `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${key}`,
      ];
      const requests: Sent[] = [
        { method: 'GET', target: `/calling/callConnections/c?api-version=2024-04-15&${query}`, sign: 'acs' },
        { method: 'GET', target: `/calling/v1/calls/id/${path}?${query}`, sign: 'sinch' },
        { method: 'GET', target: `/elsewhere/${path}`, headers: everywhere },
        { target: '/calling/callConnections?api-version=2024-04-15', body: all.join('\n'), sign: 'acs' },
        { target: '/calling/v1/callouts', headers: [json], body: JSON.stringify(members), sign: 'sinch' },
        { target: '/calling/v1/callouts', body: query, sign: 'sinch' },
        { target: '/elsewhere', body: Buffer.from(`\xff\xfe${all.join('\x00')}\x00`, 'latin1') },
        { target: '/elsewhere', body: bytes, headers: [[bytes.toString('base64url').replace(/=+$/, ''), 'a name']] },
        ...authorizations.map((authorization, index): Sent => ({
          target: index % 2 === 0 ? '/v1/configuration/numbers' : '/calling/callConnections?api-version=2024-04-15',
          headers: [
            ['Authorization', authorization],
            ['x-ms-date', key],
          ],
        })),
      ];
      for (const request of requests) {
        const { status, headers, body } = await send(server, request);
        expect(status, body).toBeLessThan(500);
        if (status >= 400) answers.push(JSON.stringify({ status, headers, body }));
      }
    }
    const shown = `${await everythingShown(server)}\n${events.text()}\n${answers.join('\n')}\n${problems.join('\n')}`;
    expect(events.text().length).toBeGreaterThan(20_000);
    expect(shown).toContain('[redacted]');
    expect(leaksIn(shown)).toEqual([]);
    expect(leaksIn(await (await fetch(`${server.url}/_control/state`)).text(), [acsKey, sinchKey])).toEqual([]);
  });

  test('that calls, prompts, callbacks, answers and phones took from a request is hidden there too', async () => {
    const problems: string[] = [];
    const server = await start(problems);
    const events = await follow(server);
    const receiver = await startReceiver((_callback, response) => {
      response.setHeader('x-key', acsKey);
      response.setHeader('x-basic', Buffer.from(`k:${sinchKey}`).toString('base64'));
      response.end(JSON.stringify({ instructions: [{ name: 'setCookie', key: 'k', value: sinchKey }], acsKey }));
    });
    running.push(receiver);
    const json = ['Content-Type', 'application/json'] as const;
    const created = await send(server, {
      target: '/calling/callConnections?api-version=2024-04-15',
      headers: [json],
      body: JSON.stringify({
        targets: [{ kind: 'phoneNumber', phoneNumber: { value: '+14255550123' } }],
        sourceCallerIdNumber: { value: '+14255550100' },
        callbackUri: `${receiver.url}/events/${encodeURIComponent(acsKey)}?code=${encodeURIComponent(sinchKey)}`,
        operationContext: acsKey,
        customCallingContext: { sipHeaders: { 'X-MS-Custom-Key': sinchKey }, voipHeaders: { key: acsKey } },
        callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://speech.example.com/' },
      }),
      sign: 'acs',
    });
    expect(created.status, created.body).toBe(201);
    const { callConnectionId } = JSON.parse(created.body) as { callConnectionId: string };
    // What is no error is answered as the service would: its caller's own words come back to it.
    await server.control.advance('2s');
    const callout = await send(server, {
      target: '/calling/v1/callouts',
      headers: [json],
      body: JSON.stringify({
        method: 'ttsCallout',
        ttsCallout: {
          cli: '+14255550150',
          destination: { type: 'number', endpoint: '+12065550110' },
          custom: sinchKey,
          text: 'key',
          enableAce: true,
        },
      }),
      sign: 'sinch',
    });
    expect(callout.status, callout.body).toBe(200);
    await send(server, {
      target: `/calling/callConnections/${callConnectionId}:play?api-version=2024-04-15`,
      headers: [json],
      body: JSON.stringify({
        playSources: [{ kind: 'ssml', ssml: { ssmlText: `<speak><!-- ${sinchKey} -->a</speak>` } }],
        operationContext: Buffer.from(`k:${acsKey}`).toString('base64'),
      }),
      sign: 'acs',
    });
    await server.control.advance('20s');
    expect(receiver.received.map(({ path }) => path)[0]).toContain(encodeURIComponent(acsKey));
    expect(receiver.received.some(({ body }) => body.includes(acsKey))).toBe(true);
    const shown = `${await everythingShown(server)}\n${events.text()}\n${problems.join('\n')}`;
    expect(leaksIn(shown, [acsKey, sinchKey])).toEqual([]);
    expect(shown).toContain('[redacted]');
  });
});

describe('what a limit left of a key', () => {
  /** More than could be guessed, and less than is looked for. */
  const beginning = (key: string): string => key.slice(0, -8);

  test('is hidden in errors that quote the beginning of a name', async () => {
    const server = await start();
    const answers: string[] = [];
    // The refusal quotes a hundred characters.
    for (const header of ['Host', 'Origin']) {
      const value = `http://${'x'.repeat(93 - beginning(sinchKey).length)}${sinchKey}`;
      const lines =
        header === 'Host'
          ? [`Host: ${value.slice(7).padStart(100 + 8, 'x')}`]
          : ['Host: localhost', `Origin: ${value}`];
      const bytes = ['POST /calling/v1/callouts HTTP/1.1', ...lines, 'Content-Length: 0', 'Connection: close', '', ''];
      const { status, body } = await sendBytes(server.url, bytes.join('\r\n'));
      expect(status).toBe(403);
      answers.push(body);
    }
    expect(leaksIn(`${answers.join('\n')}\n${await everythingShown(server)}`)).toEqual([]);
    expect(answers.every((answer) => answer.includes('[redacted]'))).toBe(true);
  });

  test('is hidden at the end of a body that was cut or broken off, and of an answer that was', async () => {
    const receiver = await startReceiver((_callback, response) => {
      response.statusCode = 404;
      response.end(`${'y'.repeat(64 * 1024 - beginning(sinchKey).length)}${sinchKey}${'y'.repeat(1000)}`);
    });
    running.push(receiver);
    const server = await start();
    const body = `${'z'.repeat(1024 * 1024 - beginning(sinchKey).length)}${sinchKey}`;
    expect((await send(server, { target: '/elsewhere', body })).status).toBe(413);
    await breakOff(
      server,
      `POST /elsewhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n${beginning(sinchKey)}`,
    );
    const created = await send(server, {
      target: '/calling/callConnections?api-version=2024-04-15',
      headers: [['Content-Type', 'application/json']],
      body: JSON.stringify({
        targets: [{ kind: 'phoneNumber', phoneNumber: { value: '+14255550123' } }],
        sourceCallerIdNumber: { value: '+14255550100' },
        callbackUri: receiver.url,
      }),
      sign: 'acs',
    });
    expect(created.status).toBe(201);
    await server.control.advance('2m');
    expect(receiver.received.length).toBeGreaterThan(0);
    const shown = await everythingShown(server);
    expect(shown).toContain('yyy[redacted]');
    expect(shown).toContain('zzz[redacted]');
    expect(leaksIn(shown, [acsKey, sinchKey])).toEqual([]);
  });

  test('is no part of the headers that an error sends back', async () => {
    const server = await start();
    const headers = [['x-ms-client-request-id', acsKey]] as const;
    const answer = await send(server, { target: '/calling/callConnections?api-version=2024-04-15', headers });
    expect(answer.status).toBe(401);
    expect(leaksIn(JSON.stringify(answer))).toEqual([]);
  });
});

/** Sends a request of which the rest never comes. */
function breakOff(server: RunningServer, bytes: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1', () => {
      socket.end(bytes, () => setTimeout(() => socket.destroy(), 20));
    });
    socket.on('error', () => {}).on('close', () => resolve());
  });
}

describe('an exchange', () => {
  const basic = ['Authorization', `Basic ${Buffer.from(`${applicationKey}:${sinchKey}`).toString('base64')}`] as const;

  test('with a key in it says so, and was nevertheless judged by what came', async () => {
    const server = await start();
    const body = `{"key":"${acsKey}"}`;
    const answered = await send(server, { method: 'GET', target: '/v1/configuration/numbers', headers: [basic] });
    expect(answered.status).toBe(200);
    await send(server, { target: '/elsewhere', body });
    const [withBody, accepted] = server.control.exchanges();
    expect(accepted).toMatchObject({ redacted: true, authentication: { scheme: 'basic', outcome: 'accepted' } });
    const view = await (await fetch(`${server.url}/_control/exchanges/${accepted?.id}`)).json();
    expect(view).toMatchObject({ redacted: true });
    const raw = await fetch(`${server.url}/_control/exchanges/${withBody?.id}/raw`);
    expect(raw.headers.get('x-countersign-redacted')).toBe('true');
    // A masked body is as long as the one that came, so that its Content-Length is true.
    const [, rawBody] = (await raw.text()).split('\r\n\r\n');
    expect(rawBody).toBe(`{"key":"[redacted]${'*'.repeat(acsKey.length - 10)}"}`);
  });

  test('without one is kept byte for byte, its signature too', async () => {
    const server = await start();
    const sent: Sent = {
      target: '/calling/callConnections?api-version=2024-04-15&x=%2B%20a+b',
      headers: [['X-Odd', ' ä "\\u002b" &#43; '.trim()]],
      body: Buffer.from([0x25, 0x32, 0x42, 0xff, 0x00, 0x5c]),
      sign: 'acs',
    };
    await send(server, sent);
    const [exchange] = server.control.exchanges();
    expect(exchange).not.toHaveProperty('redacted');
    expect(exchange?.request.target).toBe(sent.target);
    expect(exchange?.request.body).toEqual(sent.body);
    expect(exchange?.authentication?.outcome).toBe('accepted');
    const raw = await fetch(`${server.url}/_control/exchanges/${exchange?.id}/raw`);
    expect(raw.headers.has('x-countersign-redacted')).toBe(false);
    const signature = exchange?.request.headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1];
    expect(signature).toMatch(/Signature=[A-Za-z0-9+/]{43}=$/);
    expect(await raw.text()).toContain(signature);
  });
});
