import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HttpRequest } from '@azure/functions';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { httpApi, loadBalancer, restApi, type Arriving } from '../../packages/core/test/lambda-events.ts';

// Each example is loaded as it stands, and given what its framework or platform gives: real servers where there is one, the
// platform's own request class or its documented events where there is none.

const folder = new URL('../receiving/', import.meta.url);
const publicUrl = 'https://hooks.example.com/base';

/** A signed webhook of Bird, for the public URL. */
function webhook(key: string, path: string, body: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signed = Buffer.concat([
    Buffer.from(`${timestamp}\n${publicUrl}${path}\n`),
    createHash('sha256').update(body).digest(),
  ]);
  return {
    'content-type': 'application/json',
    'messagebird-request-timestamp': timestamp,
    'messagebird-signature': createHmac('sha256', key).update(signed).digest('base64'),
  };
}

type Deliver = (headers: Record<string, string>, body: string) => Promise<{ status: number; text: string }>;
const servers: Server[] = [];

async function load(file: string): Promise<Record<string, never>> {
  return (await import(new URL(file, folder).href)) as Record<string, never>;
}

async function deliverTo(server: Server): Promise<Deliver> {
  servers.push(server);
  if (!server.listening) await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return (headers, body) => ofResponse(fetch(`http://127.0.0.1:${port}/webhooks`, { method: 'POST', headers, body }));
}

async function ofResponse(response: Response | Promise<Response>): ReturnType<Deliver> {
  const answer = await response;
  return { status: answer.status, text: await answer.text() };
}

const onServer = async (file: string): Promise<Deliver> => deliverTo((await load(file))['server'] as unknown as Server);
const withRequest =
  (handle: (request: Request) => Promise<Response>): Deliver =>
  (headers, body) =>
    ofResponse(handle(new Request('http://localhost/webhooks', { method: 'POST', headers, body })));

async function onLambda(eventOf: (arriving: Arriving) => unknown): Promise<Deliver> {
  const handler = (await load('lambda.js'))['handler'] as unknown as (
    event: unknown,
  ) => Promise<{ statusCode: number; body: string }>;
  return async (headers, body) => {
    const { statusCode, body: text } = await handler(
      eventOf({ host: 'example.com', path: '/webhooks', headers, body }),
    );
    return { status: statusCode, text };
  };
}

const base64 = (of: Arriving): Arriving => ({
  ...of,
  body: Buffer.from(of.body).toString('base64'),
  isBase64Encoded: true,
});

const platforms: Readonly<Record<string, { file: string; path?: string; deliver: () => Promise<Deliver> }>> = {
  Express: { file: 'express.js', deliver: () => onServer('express.js') },
  Fastify: { file: 'fastify.js', deliver: () => onServer('fastify.js') },
  Hono: { file: 'hono.js', deliver: () => onServer('hono.js') },
  Koa: { file: 'koa.js', deliver: () => onServer('koa.js') },
  'Next.js (app)': {
    file: 'next-app.js',
    deliver: async () => withRequest((await load('next-app.js'))['POST'] as never),
  },
  'Next.js (pages)': {
    file: 'next-pages.js',
    deliver: async () => {
      const page = await load('next-pages.js');
      // By this alone Next leaves the stream unread.
      expect(page['config']).toEqual({ api: { bodyParser: false } });
      return deliverTo(createServer(page['default']).listen(0, '127.0.0.1'));
    },
  },
  'Lambda, REST API': { file: 'lambda.js', path: '/prod/webhooks', deliver: () => onLambda(restApi) },
  'Lambda, HTTP API': { file: 'lambda.js', deliver: () => onLambda((of) => httpApi(base64(of))) },
  'Lambda, load balancer': { file: 'lambda.js', deliver: () => onLambda((of) => loadBalancer(of, true)) },
  'Azure Functions': {
    file: 'azure-functions.js',
    deliver: async () => {
      const handler = (await load('azure-functions.js'))['handler'] as unknown as (
        request: HttpRequest,
      ) => Promise<{ status?: number; body?: string; jsonBody?: unknown }>;
      return async (headers, body) => {
        const request = new HttpRequest({
          method: 'POST',
          url: 'http://localhost/webhooks',
          headers,
          body: { string: body },
        });
        const { status = 200, body: text, jsonBody } = await handler(request);
        return { status, text: text ?? JSON.stringify(jsonBody) };
      };
    },
  },
  'Cloudflare Workers': {
    file: 'workers.js',
    deliver: async () => {
      const { fetch: handle } = (await load('workers.js'))['default'] as unknown as {
        fetch: (request: Request, env: object) => Promise<Response>;
      };
      return withRequest((request) => handle(request, { PUBLIC_URL: publicUrl, WEBHOOK_SECRETS: 'new,old' }));
    },
  },
};

const warned = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
beforeAll(() => {
  vi.stubEnv('PORT', '0');
  vi.stubEnv('PUBLIC_URL', publicUrl);
  vi.stubEnv('WEBHOOK_SECRETS', 'new,old');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  warned.mockRestore();
  await Promise.all(servers.map((server) => new Promise((closed) => server.close(closed))));
});

describe.each(Object.entries(platforms))('%s', (_, { path = '/webhooks', deliver: make }) => {
  let deliver: Deliver;
  beforeAll(async () => {
    deliver = await make();
  });
  const body = '{ "event": "sms.delivered", "text": "€" }';

  test('takes a signed webhook, under the new secret and the old', async () => {
    for (const key of ['new', 'old']) {
      expect(await deliver(webhook(key, path, body), body)).toEqual({
        status: 200,
        text: '{"received":"sms.delivered"}',
      });
    }
  });

  test('refuses a forged one and one that was changed, tells the log why and the sender nothing', async () => {
    const refused = { status: 401, text: '{"error":"unauthorized"}' };
    for (const [headers, sent, why] of [
      [webhook('forged', path, body), body, 'signature/mismatch'],
      [webhook('new', path, body), body.replace('sms', 'SMS'), 'signature/mismatch'],
      [{ 'content-type': 'application/json' }, body, 'authorization/missing'],
    ] as const) {
      warned.mockClear();
      expect(await deliver({ ...headers }, sent)).toEqual(refused);
      expect(warned.mock.calls.flat().join()).toContain(`refused ${why}: `);
    }
  });

  test('believes no forwarded host', async () => {
    const lie = { 'x-forwarded-host': 'hooks.example.com', 'x-forwarded-proto': 'https' };
    const other = webhook('new', '/elsewhere', body);
    expect((await deliver({ ...other, ...lie, 'x-forwarded-prefix': '/elsewhere' }, body)).status).toBe(401);
  });
});

test('each example is run here, and shorter than 40 lines', () => {
  const files = readdirSync(folder);
  expect(files.toSorted()).toEqual([...new Set(Object.values(platforms).map(({ file }) => file))].toSorted());
  for (const file of files) {
    expect(readFileSync(new URL(file, folder), 'utf8').split('\n').length, file).toBeLessThan(40);
  }
});
