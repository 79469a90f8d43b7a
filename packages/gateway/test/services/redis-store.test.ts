import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../../../tools/free-port.ts';
import type { ReplayStore } from '../../src/replay/replay-store.ts';
import { storeByUrl } from '../../src/stores/by-url.ts';
import { someKey, storeContract } from '../replay/store-contract.ts';
import { startRedis } from './redis-server.ts';
import { eventually, temporaryFolder, type Service } from './service.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let port: number;
let server: Service;
let stores: [ReplayStore, ReplayStore];
const openStore = async (url: string): Promise<ReplayStore> => {
  const store = await storeByUrl(url);
  await eventually(async () => store.ready?.());
  return store;
};

beforeAll(async () => {
  place = await temporaryFolder();
  port = await freePort();
  server = await startRedis(place.folder, port);
  stores = [await openStore(`redis://127.0.0.1:${port}`), await openStore(`redis://127.0.0.1:${port}/0`)];
});
afterAll(async () => {
  for (const store of stores ?? []) await store.close?.();
  await server?.stop();
  await place?.remove();
});

storeContract('redisStore', () => stores, pause);

describe('redisStore', () => {
  it('refuses while Redis is away, and claims again when it is back, also what it had asked for in vain', async () => {
    const own = await freePort();
    let redis = await startRedis(place.folder, own);
    const store = await openStore(`redis://127.0.0.1:${own}`);
    await redis.stop('SIGKILL');
    const key = someKey();
    await expect((async () => store.claim(key, 60_000))()).rejects.toThrow();
    redis = await startRedis(place.folder, own);
    expect(await eventually(async () => store.claim(key, 60_000))).toMatchObject({ fresh: true });
    await store.close?.();
    await redis.stop();
  });

  it('releases, once it can, what Redis claimed without an answer', async () => {
    const own = await freePort();
    const redis = await startRedis(place.folder, own);
    const store = await openStore(`redis://127.0.0.1:${own}`);
    const other = await openStore(`redis://127.0.0.1:${own}`);
    // Stopped it takes bytes and answers nothing; the claim is done when it goes on, and by then its connection is gone.
    redis.process.kill('SIGSTOP');
    const key = someKey();
    const claiming = (async () => store.claim(key, 60_000))();
    await expect(claiming).rejects.toThrow();
    redis.process.kill('SIGCONT');
    await eventually(async () => other.ready?.());
    await eventually(async () => store.ready?.());
    await eventually(async () => expect(await other.claim(key, 60_000)).toMatchObject({ fresh: true }));
    await store.close?.();
    await other.close?.();
    await redis.stop();
  });

  it('refuses what is new when Redis is full, and forgets nothing', async () => {
    const own = await freePort();
    const redis = await startRedis(place.folder, own, '--maxmemory', '3mb', '--maxmemory-policy', 'noeviction');
    const store = await openStore(`redis://127.0.0.1:${own}`);
    const claimed: string[] = [];
    const fill = async (): Promise<void> => {
      for (;;) {
        const key = someKey();
        const claim = await store.claim(key, 600_000);
        if (claim.fresh) await claim.settle?.({ status: 200, headers: [], body: new Uint8Array(16_384) });
        claimed.push(key);
      }
    };
    await expect(fill()).rejects.toThrow(/OOM/);
    expect(claimed.length).toBeGreaterThan(10);
    for (const key of claimed) {
      const again = await Promise.resolve(store.claim(key, 600_000)).catch(() => 'refused');
      expect(again).not.toMatchObject({ fresh: true });
    }
    await store.close?.();
    await redis.stop();
  });

  it('counts a claim only when as many replicas have it as are asked for', async () => {
    const [main, second] = [await freePort(), await freePort()];
    const redis = await startRedis(place.folder, main, '--repl-diskless-sync-delay', '0');
    const store = await openStore(`redis://127.0.0.1:${main}?replicas=1`);
    const key = someKey();
    await expect((async () => store.claim(key, 60_000))()).rejects.toThrow('0 of 1 replicas have the claim');
    const replica = await startRedis(place.folder, second, '--replicaof', '127.0.0.1', String(main));
    const claim = await eventually(async () => store.claim(key, 60_000));
    expect(claim).toMatchObject({ fresh: true });
    const copy = await openStore(`redis://127.0.0.1:${second}`);
    await redis.stop('SIGKILL');
    // What a failover does.
    const { Redis } = await import('ioredis');
    const console = new Redis(second, '127.0.0.1');
    await console.call('REPLICAOF', 'NO', 'ONE');
    expect(await copy.claim(key, 60_000)).toMatchObject({ fresh: false });
    console.disconnect();
    await store.close?.();
    await copy.close?.();
    await replica.stop();
  });
});
