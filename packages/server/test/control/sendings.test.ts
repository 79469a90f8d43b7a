import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Ajv } from 'ajv';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { controlSchemas } from '../../src/control/views/control-schemas.ts';
import { startServer, type RunningServer } from '../../src/server.ts';

let server: RunningServer;
beforeAll(async () => {
  server = await startServer({ port: 0, clock: 'virtual' });
});
afterAll(() => server.close());

let endpoint: Server | undefined;
afterEach(() => {
  endpoint?.closeAllConnections();
  endpoint?.close();
});

interface Arrived {
  readonly request: IncomingMessage;
  readonly body: string;
}

/** An endpoint of the developer's, and what arrives there. */
async function listen(respond: (response: ServerResponse) => void): Promise<{ url: string; arrived: Arrived[] }> {
  const arrived: Arrived[] = [];
  endpoint = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    arrived.push({ request, body });
    respond(response);
  }).listen(0, '127.0.0.1');
  await once(endpoint, 'listening');
  return { url: `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/hook?x=1`, arrived };
}

async function send(
  body: Record<string, unknown>,
  headers: Record<string, string> = { 'content-type': 'application/json' },
): Promise<{ status: number; json: any }> {
  const response = await fetch(`${server.url}/_control/sendings`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return { status: response.status, json: await response.json() };
}

const isOf = (name: keyof typeof controlSchemas, value: unknown): boolean =>
  new Ajv({ strict: false }).compile(JSON.parse(JSON.stringify(controlSchemas[name])) as object)(value) as boolean;

describe('the control API sends one event to an endpoint of mine', () => {
  it('signed as its provider signs it, and shows the answer', async () => {
    const { url, arrived } = await listen((response) => response.writeHead(202, { 'x-mine': 'yes' }).end('thanks'));
    const { status, json } = await send({ to: url, provider: 'sinch', event: 'ice' });
    expect(status).toBe(200);
    expect(isOf('sending', json)).toBe(true);
    expect(json).toMatchObject({ proof: 'sinch-application', answer: { status: 202, body: { text: 'thanks' } } });
    expect(json.answer.headers).toContainEqual(['x-mine', 'yes']);
    const [{ request, body }] = arrived as [Arrived];
    expect(JSON.parse(body)).toMatchObject({ event: 'ice' });
    expect(json.request.body).toBe(body);
    // https://developers.sinch.com/docs/voice/api-reference/authentication/callback-signed-request
    const { SINCH_APPLICATION_KEY: key, SINCH_APPLICATION_SECRET: secret } = server.environment;
    const signed = [
      'POST',
      createHash('md5').update(body).digest('base64'),
      request.headers['content-type'],
      `x-timestamp:${String(request.headers['x-timestamp'])}`,
      '/hook',
    ].join('\n');
    const signature = createHmac('sha256', Buffer.from(secret, 'base64')).update(signed).digest('base64');
    expect(request.headers.authorization).toBe(`application ${key}:${signature}`);
  });

  it('with a body of mine, byte for byte', async () => {
    const { url, arrived } = await listen((response) => response.end());
    const body = '{ "event": "ice", "héllo": 1 }\n';
    expect((await send({ to: url, provider: 'sinch', event: 'ice', body })).status).toBe(200);
    expect(arrived[0]?.body).toBe(body);
  });

  it('with a token that this server’s keys prove, where the provider sends tokens', async () => {
    const { url, arrived } = await listen((response) => response.end());
    const { json } = await send({ to: url, provider: 'acs', event: 'CallConnected' });
    expect(json.proof).toBe('acs-event-token');
    const keys = createRemoteJWKSet(new URL(`${server.url}/calling/keys`));
    const token = arrived[0]?.request.headers.authorization?.replace('Bearer ', '') ?? '';
    expect((await jwtVerify(token, keys)).payload.iss).toBe('https://acscallautomation.communication.azure.com');
  });

  it('and says that nobody answered, or how much of an endless answer came', async () => {
    expect((await send({ to: 'http://127.0.0.1:9/', provider: 'sinch', event: 'ice' })).json.answer).toEqual({
      failure: 'nothing listens there',
    });
    const { url } = await listen((response) => {
      const write = (): void => {
        while (!response.destroyed && response.write('x'.repeat(65_536)));
      };
      response.on('drain', write);
      write();
    });
    const { json } = await send({ to: url, provider: 'sinch', event: 'ice' });
    expect(json.answer).toMatchObject({ status: 200, isCut: true });
    expect(json.answer.body.text).toHaveLength(65_536);
  });

  it('follows no redirect', async () => {
    const { url, arrived } = await listen((response) => response.writeHead(307, { location: '/elsewhere' }).end());
    expect((await send({ to: url, provider: 'sinch', event: 'ice' })).json.answer.status).toBe(307);
    expect(arrived).toHaveLength(1);
  });
});

describe('the control API sends nothing', () => {
  it.each<[string, Record<string, unknown>, number, RegExp]>([
    ['to the internet', { to: 'https://93.184.216.34/' }, 400, /neither this machine.*sendEventsTo/],
    ['to a metadata service', { to: 'http://169.254.169.254/latest' }, 400, /metadata/],
    ['to another scheme', { to: 'ftp://127.0.0.1/' }, 400, /http/],
    ['to a URL with a password', { to: 'http://a:b@127.0.0.1/' }, 400, /password/],
    ['that there is not', { to: 'http://127.0.0.1:9/', event: 'nothing' }, 404, /no event nothing/],
    ['of an account that there is not', { to: 'http://127.0.0.1:9/', account: 'other' }, 404, /no account other/],
    ['that it is not asked for', { to: 'http://127.0.0.1:9/', more: 1 }, 400, /not as expected/],
  ])('%s', async (_, wish, status, message) => {
    const answer = await send({ provider: 'sinch', event: 'ice', ...wish });
    expect(answer.status).toBe(status);
    expect(answer.json.error.message).toMatch(message);
  });

  it.each<[string, Record<string, string>, number]>([
    ['another origin', { 'content-type': 'application/json', origin: 'https://evil.example' }, 403],
    ['another site', { 'content-type': 'application/json', 'sec-fetch-site': 'cross-site' }, 403],
    ['a form', { 'content-type': 'text/plain' }, 415],
  ])('for a page of %s', async (_, headers, status) => {
    const { url, arrived } = await listen((response) => response.end());
    expect((await send({ to: url, provider: 'sinch', event: 'ice' }, headers)).status).toBe(status);
    expect(arrived).toEqual([]);
  });
});

it('the control API lists every event that can be sent, and shows the body of each', async () => {
  const listed: any = await (await fetch(`${server.url}/_control/ready-events`)).json();
  expect(isOf('ready-events', listed)).toBe(true);
  expect(listed.events.length).toBeGreaterThan(20);
  expect(listed.events).toContainEqual(expect.objectContaining({ provider: 'acs', name: 'CallConnected' }));
  const shown: any = await (await fetch(`${server.url}/_control/ready-events/sinch/ice`)).json();
  expect(JSON.parse(shown.body)).toMatchObject({ event: 'ice' });
});
