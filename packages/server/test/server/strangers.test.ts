import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { message } from '@countersign/core/message';
import { sign } from '@countersign/core/sign';
import { afterEach, describe, expect, test } from 'vitest';
import { acsAccount } from '../../src/providers/acs/accounts/account.ts';
import { sinchAccount } from '../../src/providers/sinch/accounts/account.ts';
import type { ServerOptions } from '../../src/config/server-options.ts';
import { operations as acsOperations } from '../../src/providers/acs/operations/operations.ts';
import { operations as sinchOperations } from '../../src/providers/sinch/operations/operations.ts';
import { type RunningServer, startServer } from '../../src/server.ts';
import { sendBytes, type RawResponse } from '../http/raw-http.ts';

const running: RunningServer[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function start(options: ServerOptions = {}): Promise<RunningServer> {
  const server = await startServer({ port: 0, clock: 'virtual', ...options });
  running.push(server);
  return server;
}

/** Sends a request of exactly these header lines, `Host` among them or not. */
function send(server: RunningServer, requestLine: string, lines: readonly string[], body = ''): Promise<RawResponse> {
  const head = [requestLine, 'Connection: close', `Content-Length: ${Buffer.byteLength(body)}`, ...lines, '', body];
  return sendBytes(`http://127.0.0.1:${new URL(server.url).port}`, head.join('\r\n'));
}

const createCall = '/calling/callConnections?api-version=2024-04-15';
const callBody = JSON.stringify({
  targets: [{ kind: 'phoneNumber', phoneNumber: { value: '+14255550123' } }],
  sourceCallerIdNumber: { value: '+12065550100' },
  callbackUri: 'http://127.0.0.1:9/',
});
const calloutBody = JSON.stringify({
  method: 'ttsCallout',
  ttsCallout: { destination: { type: 'number', endpoint: '+14255550123' }, cli: '+12065550150', text: 'Hi' },
});
const json = 'Content-Type: application/json';

/** A request that is signed, for that host, with the public development key, as a page can compute it. */
function signedAcs(host: string, target = createCall, body = callBody): string[] {
  const [credential] = acsAccount.development().credentials;
  if (!credential) throw new Error('the development account has no key');
  const unsigned = message({
    method: 'POST',
    url: `http://${host}${target}`,
    headers: [['Content-Type', 'application/json']],
    body,
  });
  return [
    `Host: ${host}`,
    json,
    ...sign(acsHmac, credential, unsigned).headers.map(([name, value]) => `${name}: ${value}`),
  ];
}

function signedSinch(host: string, target: string, body: string): string[] {
  const unsigned = message({
    method: 'POST',
    url: `http://${host}${target}`,
    headers: [['Content-Type', 'application/json']],
    body,
  });
  const { headers } = sign(sinchApplication, sinchAccount.development().credential, unsigned);
  return [`Host: ${host}`, json, ...headers.map(([name, value]) => `${name}: ${value}`)];
}

describe('a page whose name resolves to this machine', () => {
  test('places no call through ACS, and is told so in the words of ACS', async () => {
    const server = await start();
    const answer = await send(server, `POST ${createCall} HTTP/1.1`, signedAcs('evil.example:7509'), callBody);
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body)).toEqual({
      error: {
        code: 'host/refused',
        message: expect.stringMatching(/"evil\.example:7509" is not a name .*--public-host/),
      },
    });
    expect(server.control.calls()).toEqual([]);
  });

  test('places no call through Sinch, and takes over no callback URLs', async () => {
    const server = await start();
    const application = sinchAccount.development().applicationKey;
    const callouts = '/calling/v1/callouts';
    const urls = `/v1/configuration/callbacks/applications/${application}`;
    const urlBody = JSON.stringify({ url: { primary: 'http://127.0.0.1:9/evil' } });
    for (const [target, body] of [
      [callouts, calloutBody],
      [urls, urlBody],
    ] as const) {
      const answer = await send(server, `POST ${target} HTTP/1.1`, signedSinch('evil.example', target, body), body);
      expect(answer.status, target).toBe(403);
      expect(JSON.parse(answer.body)).toMatchObject({
        errorCode: 40300,
        message: expect.stringContaining('evil.example'),
      });
    }
    expect(server.control.calls()).toEqual([]);
    const get = sign(
      sinchApplication,
      sinchAccount.development().credential,
      message({ method: 'GET', url: server.url + urls }),
    );
    const kept = await fetch(server.url + urls, {
      headers: get.headers.map(([name, value]): [string, string] => [name, value]),
    });
    expect(await kept.text()).not.toContain('evil');
  });

  test('is seen in the journal, refused, without a diagnosis, whatever the path', async () => {
    const server = await start();
    const paths = [
      '/',
      '/index.html',
      createCall,
      '/calling/v1/callouts',
      '/v1/x',
      '/calling/keys',
      '/_control/state',
      '/sms',
      '/nowhere',
      '/_control/events',
    ];
    for (const path of paths) {
      const answer = await send(server, `GET ${path} HTTP/1.1`, ['Host: evil.example']);
      expect(answer.status, path).toBe(403);
      expect(answer.body, path).toContain('publicHosts');
      expect(answer.headers['x-countersign-diagnosis'], path).toBeUndefined();
    }
    const seen = server.control.exchanges();
    expect(seen.map(({ request }) => request.target)).toEqual(paths.toReversed());
    for (const { authentication } of seen) {
      expect(authentication).toEqual({
        scheme: 'none',
        outcome: 'refused',
        code: 'host/refused',
        summary: expect.stringContaining('"evil.example" is not a name of this server'),
      });
    }
  });

  test('opens no WebSocket, and sends no preflight that is answered otherwise', async () => {
    const server = await start();
    const upgrade = [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ];
    expect((await send(server, 'GET / HTTP/1.1', ['Host: evil.example', ...upgrade])).status).toBe(403);
    const preflight = ['Host: evil.example', 'Origin: http://evil.example', 'Access-Control-Request-Method: POST'];
    expect((await send(server, `OPTIONS ${createCall} HTTP/1.1`, preflight)).status).toBe(403);
  });
});

describe('a request that names the server twice', () => {
  const refused = (answer: RawResponse): void => {
    expect(answer.status).toBe(403);
    expect(answer.body).toContain('host/refused');
  };

  test.each([
    ['a second Host', createCall, ['Host: localhost', 'Host: evil.example']],
    ['a first Host', createCall, ['Host: evil.example', 'Host: localhost']],
    ['a list in Host', createCall, ['Host: localhost, evil.example']],
    ['an empty Host', createCall, ['Host:']],
    ['an absolute target', `http://evil.example${createCall}`, ['Host: localhost']],
    ['an absolute target with a user', `http://localhost@evil.example${createCall}`, ['Host: localhost']],
    ['an absolute target without a Host', `http://evil.example${createCall}`, []],
  ])('is refused for %s that is not its name', async (_, target, lines) => {
    refused(await send(await start(), `POST ${target} HTTP/1.1`, lines));
  });

  test('or not at all is left to whoever checks the signature', async () => {
    const server = await start();
    const answer = await send(server, `POST ${createCall} HTTP/1.1`, []);
    expect(answer.status).toBe(401);
    const both = await send(server, `POST http://127.0.0.1${createCall} HTTP/1.1`, ['Host: localhost']);
    expect(both.status).toBe(401);
  });
});

describe('names that are allowed', () => {
  test.each(['localhost:7509', 'my-app.localhost', '127.0.0.1', '[::1]:7509'])(
    '%s is the server’s own',
    async (host) => {
      const answer = await send(await start(), `POST ${createCall} HTTP/1.1`, signedAcs(host), callBody);
      expect(answer.status).toBe(201);
    },
  );

  test('a public host is one, for every route', async () => {
    const server = await start({ publicHosts: ['dev.example.com'] });
    const answer = await send(server, `POST ${createCall} HTTP/1.1`, signedAcs('dev.example.com'), callBody);
    expect(answer.status).toBe(201);
    expect((await send(server, 'GET /_control/state HTTP/1.1', ['Host: dev.example.com:443'])).status).toBe(200);
  });

  test('so is the endpoint of an account, whose refusals are diagnosed against it', async () => {
    const server = await start({
      accounts: [
        {
          provider: 'acs',
          resourceId: 'contoso',
          host: 'contoso.communication.azure.com',
          keys: { primary: { env: 'KEY' } },
        },
      ],
      environment: { KEY: 'Y29udG9zbydzIGtleQ==' },
    });
    const lines = signedAcs('contoso.communication.azure.com', `${createCall}&x=1`);
    expect((await send(server, `POST ${createCall} HTTP/1.1`, lines, callBody)).status).toBe(401);
    expect(server.control.exchanges()[0]).toMatchObject({ account: 'contoso', authentication: { outcome: 'refused' } });
    expect(
      (await send(server, `POST ${createCall} HTTP/1.1`, signedAcs('fabrikam.communication.azure.com'))).status,
    ).toBe(403);
  });

  test('bound to more than loopback, addresses are', async () => {
    const server = await start({ host: '0.0.0.0' });
    expect((await send(server, `POST ${createCall} HTTP/1.1`, signedAcs('192.0.2.7:7509'), callBody)).status).toBe(201);
    expect((await send(server, `POST ${createCall} HTTP/1.1`, signedAcs('evil.example'), callBody)).status).toBe(403);
  });

  test('a public host that is an address of a page, and no name, is refused when the server is made', async () => {
    await expect(start({ publicHosts: ['https://dev.example.com/'] })).rejects.toThrow('/publicHosts/0');
    for (const publicHost of [
      '',
      '*',
      '*.example.com',
      ':80',
      '.',
      'a b',
      'u@a',
      'x:1:',
      'a:123456',
      '[::1',
      'a?b',
      'a,b',
      'a\\b',
    ]) {
      await expect(start({ publicHosts: [publicHost] }), publicHost).rejects.toThrow(/\/publicHosts\/0 .*no wildcard/);
    }
  });

  test('names and addresses are taken, with a port or without', async () => {
    const publicHosts = [
      'my-machine',
      'a.b.example.com.',
      'x_y:443',
      '192.0.2.7',
      '192.0.2.7:80',
      '2001:db8::7',
      '[2001:db8::7]:80',
    ];
    const server = await start({ publicHosts });
    expect((await send(server, `POST ${createCall} HTTP/1.1`, signedAcs('[2001:db8::7]:9'), callBody)).status).toBe(
      201,
    );
  });
});

describe('a page of another origin, on a name of this server', () => {
  const pages: readonly (readonly [string, readonly string[]])[] = [
    ['says so in Sec-Fetch-Site', ['Sec-Fetch-Site: cross-site', 'Origin: https://evil.example']],
    ['on another port says so in Sec-Fetch-Site', ['Sec-Fetch-Site: same-site', 'Origin: http://localhost:3000']],
    ['says so in Origin alone', ['Origin: http://localhost:3000']],
    ['hides itself', ['Origin: null']],
  ];

  test.each(pages)(
    'changes nothing, even signed (as with a password that the browser remembers), when it %s',
    async (_, lines) => {
      const server = await start();
      const basic = `Authorization: Basic ${Buffer.from(`${sinchAccount.development().applicationKey}:${sinchAccount.development().credential.secret.expose().text}`).toString('base64')}`;
      const headers = ['Host: localhost:7509', 'Content-Type: text/plain', basic];
      const refused = await send(server, 'POST /calling/v1/callouts HTTP/1.1', [...headers, ...lines], calloutBody);
      expect(refused.status).toBe(403);
      expect(server.control.calls()).toEqual([]);
      expect(server.control.exchanges()[0]?.authentication).toMatchObject({
        code: 'origin/refused',
        outcome: 'refused',
      });
      const program = await send(server, 'POST /calling/v1/callouts HTTP/1.1', headers, calloutBody);
      expect(program.status).toBe(200);
    },
  );

  test('may be behind the same proxy as the server, or be the server’s own', async () => {
    const server = await start();
    const signed = signedAcs('localhost:7509');
    for (const lines of [
      ['Sec-Fetch-Site: same-origin', 'Origin: http://localhost:5173'],
      ['Sec-Fetch-Site: same-origin', 'Origin: http://localhost:7509'],
      ['Origin: http://localhost:7509'],
    ]) {
      expect((await send(server, `POST ${createCall} HTTP/1.1`, [...signed, ...lines], callBody)).status).toBe(201);
    }
  });

  test('gets nowhere without a header that needs a preflight, which no route grants', async () => {
    const server = await start();
    const acs = acsOperations.map(({ method, path }) => [method, path.replaceAll(/\{\w+\}/g, 'x')] as const);
    const sinch = sinchOperations.map(({ method, path }) => [method, path.replaceAll(/:\w+/g, 'x')] as const);
    const others = [
      '/identities',
      '/identities/x/:issueAccessToken',
      '/identities/x/:revokeAccessTokens',
      '/sms',
      '/_control/reset',
      '/_control/phones/x/dial',
      '/_control/faults',
      '/_control/clock/advance',
      '/_control/callbacks/x/resend',
    ];
    const routes = [...acs, ...sinch, ...others.map((path) => ['POST', path] as const)].filter(
      ([method]) => method === 'POST',
    );
    expect(routes.length).toBeGreaterThanOrEqual(40);
    for (const [, path] of routes) {
      const target = `${path}?api-version=2024-04-15`;
      // No Origin: what is shown is that the route itself insists on more than a form can send.
      const simple = await send(
        server,
        `POST ${target} HTTP/1.1`,
        ['Host: localhost', 'Content-Type: text/plain'],
        '{}',
      );
      expect([401, 415], path).toContain(simple.status);
      const preflight = await send(server, `OPTIONS ${target} HTTP/1.1`, [
        'Host: localhost',
        'Origin: http://evil.example',
        'Access-Control-Request-Method: POST',
        'Access-Control-Request-Headers: authorization',
      ]);
      expect(
        Object.keys(preflight.headers).filter((name) => name.startsWith('access-control-')),
        path,
      ).toEqual([]);
    }
    expect(server.control.calls()).toEqual([]);
  });
});
