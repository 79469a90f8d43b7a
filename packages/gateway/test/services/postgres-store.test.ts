import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../../../tools/free-port.ts';
import type { ReplayStore } from '../../src/replay/replay-store.ts';
import { storeByUrl } from '../../src/stores/by-url.ts';
import { postgresStore } from '../../src/stores/postgres.ts';
import { someKey, storeContract } from '../replay/store-contract.ts';
import { makePostgres, type PostgresServer } from './postgres-server.ts';
import { eventually, temporaryFolder, type Service } from './service.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let database: PostgresServer;
let server: Service;
let stores: [ReplayStore, ReplayStore];

beforeAll(async () => {
  place = await temporaryFolder();
  database = makePostgres(place.folder, await freePort());
  server = await database.start();
  await eventually(async () => (await storeByUrl(database.url)).ready?.());
  stores = [await storeByUrl(database.url), await storeByUrl(database.url)];
});
afterAll(async () => {
  for (const store of stores ?? []) await store.close?.();
  await server?.stop('SIGINT');
  await place?.remove();
});

storeContract('postgresStore', () => stores, pause);

describe('postgresStore', () => {
  it('makes its table once, also when several processes begin at the same time', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `begin_${at}`);
    for (const table of names) {
      const begun = await Promise.all(Array.from({ length: 8 }, () => storeByUrl(`${database.url}?table=${table}`)));
      const key = someKey();
      const claims = await Promise.all(begun.map(async (store) => store.claim(key, 60_000)));
      expect(claims.filter(({ fresh }) => fresh)).toHaveLength(1);
      for (const store of begun) await store.close?.();
    }
  });

  it('refuses while Postgres is away, and knows every claim when it is back', async () => {
    const [store] = stores;
    const claimed = Array.from({ length: 20 }, someKey);
    for (const key of claimed) await store.claim(key, 600_000);
    await server.stop('SIGKILL');
    let missed = '';
    // A process of the killed server may answer for a moment longer.
    await eventually(async () => {
      missed = someKey();
      await expect((async () => store.claim(missed, 600_000))()).rejects.toThrow();
    });
    server = await database.start();
    expect(await eventually(async () => store.claim(missed, 600_000))).toMatchObject({ fresh: true });
    for (const key of claimed) expect(await store.claim(key, 600_000)).toMatchObject({ fresh: false });
  });

  it('clears away what is over', async () => {
    const { default: pg } = await import('pg');
    const pool = new pg.Pool({ connectionString: database.url });
    const store = postgresStore(pool, { table: 'clearing' });
    for (let count = 0; count < 900; count++) await store.claim(someKey(), 1);
    for (let count = 0; count < 200; count++) await store.claim(someKey(), 600_000);
    await eventually(async () => {
      const { rows } = await pool.query<{ count: string }>('SELECT count(*) FROM clearing');
      expect(Number(rows[0]?.count)).toBe(200);
    });
    await pool.end();
  });

  it.each(['x; DROP TABLE y', 'Mixed', '', 'a.b.c'])('takes no table that is called "%s"', (table) => {
    expect(() => postgresStore({} as never, { table })).toThrow(TypeError);
  });
});
