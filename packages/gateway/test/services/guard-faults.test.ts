import { once } from 'node:events';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { freePort } from '../../../../tools/free-port.ts';
import { signedHeaders } from '../guard/signed.ts';
import { startGuardProcess, type GuardProcess } from './guard-process.ts';
import { makePostgres } from './postgres-server.ts';
import { startRedis } from './redis-server.ts';
import { eventually, startService, temporaryFolder, type Service } from './service.ts';

// What the guard promises when something beside it fails: nobody is let in wrongly, and nothing that was is lost.

/** How often the application was handed each message, by its id. */
const delivered = new Map<string, number>();
let app: Server;
let upstream: string;
let place: Awaited<ReturnType<typeof temporaryFolder>>;
const guards: GuardProcess[] = [];
const services: Service[] = [];
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

beforeAll(async () => {
  app = createServer((message, response) => {
    const id = message.headers['x-id'] as string;
    delivered.set(id, (delivered.get(id) ?? 0) + 1);
    message.resume().on('end', () => response.end('ok'));
  }).listen(0, '127.0.0.1');
  await once(app, 'listening');
  upstream = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
});
afterAll(() => {
  app.closeAllConnections();
  app.close();
  agent.destroy();
});
beforeEach(async () => {
  delivered.clear();
  place = await temporaryFolder();
});
afterEach(async () => {
  for (const running of guards.splice(0)) running.process.kill('SIGKILL');
  for (const service of services.splice(0)) await service.stop('SIGKILL');
  await place.remove();
});

async function guard(replay: unknown, observe = false): Promise<GuardProcess> {
  const started = await startGuardProcess(place.folder, { upstream, replay, observe });
  guards.push(started);
  await eventually(async () => expect((await fetch(`${started.adminUrl}/readyz`)).status).toBe(200));
  return started;
}
const keep = <T extends Service>(service: T): T => {
  services.push(service);
  return service;
};

/** Sends a signed message; 0 stands for no answer. */
function post({ url }: GuardProcess, id: string, at = Date.now()): Promise<number> {
  const headers = { host: 'a', ...Object.fromEntries(signedHeaders('{}', { id, at })), 'content-length': '2' };
  return new Promise((resolve) => {
    const sending = request(url, { method: 'POST', path: '/hooks', headers, agent }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
      response.on('error', () => resolve(0));
    });
    sending.on('error', () => resolve(0));
    sending.end('{}');
  });
}

/** Sends it until it is let in: a claim may take longer than it may, and what was refused for that was not claimed. */
const letIn = (one: GuardProcess, id: string, at?: number): Promise<void> =>
  eventually(async () => expect(await post(one, id, at)).toBe(200));

/** Does something for each of many, so many at a time. */
async function each<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
}

describe('two guards on one Redis', () => {
  it('let one of each in, of 10,000 requests that are sent to both at once', async () => {
    const port = await freePort();
    keep(await startRedis(place.folder, port));
    const replay = { store: `redis://127.0.0.1:${port}`, deadlineMs: 5000 };
    const both = [await guard(replay), await guard(replay)];
    const ids = Array.from({ length: 10_000 }, () => randomUUID());
    const statuses = new Map<string, number>();
    await each(ids, 32, async (id) => {
      const at = Date.now();
      const pair = await Promise.all(both.map((one) => post(one, id, at)));
      const kind = pair.toSorted().join();
      statuses.set(kind, (statuses.get(kind) ?? 0) + 1);
    });
    expect(Object.fromEntries(statuses)).toEqual({ '200,403': ids.length });
    expect(delivered.size).toBe(ids.length);
    expect(new Set(delivered.values())).toEqual(new Set([1]));
  }, 600_000);
});

describe('a guard whose Redis', () => {
  it('dies refuses, says that it is not ready, and goes on when Redis is back', async () => {
    const port = await freePort();
    const redis = keep(await startRedis(place.folder, port));
    const one = await guard({ store: `redis://127.0.0.1:${port}`, deadlineMs: 300 });
    await letIn(one, 'before');
    await redis.stop('SIGKILL');
    const ids = Array.from({ length: 50 }, () => randomUUID());
    await each(ids, 10, async (id) => expect(await post(one, id)).toBe(503));
    expect((await fetch(`${one.adminUrl}/readyz`)).status).toBe(503);
    expect(delivered.size).toBe(1);
    keep(await startRedis(place.folder, port));
    await eventually(async () => expect((await fetch(`${one.adminUrl}/readyz`)).status).toBe(200));
    // The senders come again, as 503 tells them to.
    await each(ids, 10, (id) => letIn(one, id));
    expect([...delivered.values()]).toEqual(Array.from({ length: 51 }, () => 1));
  });

  it('is slow refuses in its own time, and lets the retry of what Redis claimed too late in', async () => {
    const port = await freePort();
    const redis = keep(await startRedis(place.folder, port));
    const one = await guard({ store: `redis://127.0.0.1:${port}`, deadlineMs: 200 });
    await letIn(one, 'before');
    redis.process.kill('SIGSTOP');
    const at = Date.now();
    const ids = Array.from({ length: 20 }, () => randomUUID());
    await each(ids, 20, async (id) => expect(await post(one, id, at)).toBe(503));
    // The connection itself would be given up after five.
    expect(Date.now() - at).toBeLessThan(5000);
    redis.process.kill('SIGCONT');
    await each(ids, 20, (id) => letIn(one, id, at));
    expect([...delivered.values()]).toEqual(Array.from({ length: 21 }, () => 1));
  });

  it('is full refuses', async () => {
    const port = await freePort();
    keep(await startRedis(place.folder, port, '--maxmemory', '2mb', '--maxmemory-policy', 'noeviction'));
    const one = await guard({ store: `redis://127.0.0.1:${port}`, deadlineMs: 30_000 });
    const { Redis } = await import('ioredis');
    const filling = new Redis(port, '127.0.0.1');
    let count = 0;
    await expect(
      (async () => {
        for (;;) await filling.set(`other ${count++}`, 'x'.repeat(10_000));
      })(),
    ).rejects.toThrow(/OOM/);
    // What its own connections take is given back when they end.
    await filling.config('SET', 'maxmemory', '1mb');
    filling.disconnect();
    expect(await post(one, 'x')).toBe(503);
    expect(delivered.size).toBe(0);
    await expect
      .poll(() => one.log.at(-1))
      .toMatchObject({
        code: 'replay/unavailable',
        reason: expect.stringContaining('OOM') as string,
      });
  });

  it('dies while observing lets everything through, and says so', async () => {
    const port = await freePort();
    const redis = keep(await startRedis(place.folder, port));
    const one = await guard({ store: `redis://127.0.0.1:${port}`, deadlineMs: 300 }, true);
    await redis.stop('SIGKILL');
    expect(await post(one, 'x')).toBe(200);
    await eventually(async () =>
      expect(one.log.at(-1)).toMatchObject({ event: 'observed', code: 'replay/unavailable' }),
    );
  });

  it('fails over to its replica never lets a repeat in, and goes on there', async () => {
    const [main, second, watch] = [await freePort(), await freePort(), await freePort()];
    const first = keep(await startRedis(place.folder, main, '--repl-diskless-sync-delay', '0'));
    keep(await startRedis(place.folder, second, '--replicaof', '127.0.0.1', String(main)));
    const file = join(place.folder, 'sentinel.conf');
    await writeFile(
      file,
      [
        `port ${watch}`,
        'bind 127.0.0.1',
        `dir ${place.folder}`,
        `sentinel monitor claims 127.0.0.1 ${main} 1`,
        'sentinel down-after-milliseconds claims 500',
        'sentinel failover-timeout claims 3000',
      ].join('\n'),
    );
    keep(await startService('redis-server', [file, '--sentinel'], watch));
    const { Redis } = await import('ioredis');
    const copy = new Redis(second, '127.0.0.1');
    await eventually(async () => expect(await copy.info('replication')).toContain('master_link_status:up'));
    const one = await guard({ store: `redis-sentinel://127.0.0.1:${watch}/claims?replicas=1`, deadlineMs: 1000 });
    const at = Date.now();
    const accepted: string[] = [];
    const sending = (async () => {
      for (let count = 0; count < 400; count++) {
        const id = randomUUID();
        if ((await post(one, id, at)) === 200) accepted.push(id);
        if (count === 200) await first.stop('SIGKILL');
      }
    })();
    await sending;
    expect(accepted.length).toBeGreaterThan(150);
    await eventually(async () => expect(await copy.info('replication')).toContain('role:master'), 100);
    // The one that is left has no replica of its own until the other one is back.
    keep(await startRedis(place.folder, main, '--replicaof', '127.0.0.1', String(second)));
    await eventually(async () => expect(await post(one, randomUUID(), at)).toBe(200), 100);
    for (const id of accepted) expect(await post(one, id, at)).toBe(403);
    expect(Math.max(...delivered.values())).toBe(1);
    copy.disconnect();
  }, 300_000);
});

describe('a guard whose Postgres is restarted', () => {
  it('refuses meanwhile, and knows every repeat afterwards', async () => {
    const database = makePostgres(place.folder, await freePort());
    const server = keep(await database.start());
    const one = await guard({ store: database.url, deadlineMs: 20_000 });
    const at = Date.now();
    const ids = Array.from({ length: 100 }, () => randomUUID());
    await each(ids, 10, async (id) => expect(await post(one, id, at)).toBe(200));
    await server.stop('SIGINT');
    expect(await post(one, 'meanwhile', at)).toBe(503);
    keep(await database.start());
    await letIn(one, 'meanwhile', at);
    await each(ids, 10, async (id) => expect(await post(one, id, at)).toBe(403));
    expect([...delivered.values()]).toEqual(Array.from({ length: 101 }, () => 1));
  });
});

describe('a guard that is killed under load', () => {
  it('has answered no 2xx that the application did not give, and its successor knows what it let in', async () => {
    const port = await freePort();
    keep(await startRedis(place.folder, port));
    const replay = { store: `redis://127.0.0.1:${port}`, deadlineMs: 5000 };
    const first = await guard(replay);
    const at = Date.now();
    const ids = Array.from({ length: 2000 }, () => randomUUID());
    const accepted: string[] = [];
    let sent = 0;
    await each(ids, 32, async (id) => {
      if (++sent === 1000) first.process.kill('SIGKILL');
      if ((await post(first, id, at)) === 200) accepted.push(id);
    });
    expect(accepted.length).toBeGreaterThan(500);
    expect(accepted.length).toBeLessThan(1100);
    for (const id of accepted) expect(delivered.get(id)).toBe(1);
    const next = await guard(replay);
    await each(accepted, 32, async (id) => expect(await post(next, id, at)).toBe(403));
    expect(Math.max(...delivered.values())).toBe(1);
  }, 300_000);
});
