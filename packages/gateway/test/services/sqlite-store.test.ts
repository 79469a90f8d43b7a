import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { installRuntimes, runtimes } from '../../../../tools/runtimes.js';
import type { ReplayStore } from '../../src/replay/replay-store.ts';
import { sqliteStore, type SqliteDriver } from '../../src/stores/sqlite.ts';
import { someKey, storeContract } from '../replay/store-contract.ts';
import { temporaryFolder } from './service.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const own = process.getBuiltinModule('node:sqlite') as { readonly DatabaseSync: SqliteDriver } | undefined;
const hasOwn = own !== undefined;

/** better-sqlite3, installed once beside the repository's packages: it is compiled where no built one can be had. */
function installedDriver(): SqliteDriver {
  const folder = join(root, 'node_modules/.cache/countersign-sqlite');
  const wanted = 'better-sqlite3@12.11.1';
  if (!existsSync(join(folder, wanted))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{}');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', wanted], { cwd: folder, stdio: 'pipe' });
    writeFileSync(join(folder, wanted), '');
  }
  return createRequire(join(folder, 'package.json'))('better-sqlite3') as SqliteDriver;
}

let options: { readonly driver?: SqliteDriver };
let place: Awaited<ReturnType<typeof temporaryFolder>>;
let stores: [ReplayStore, ReplayStore];

beforeAll(async () => {
  options = hasOwn ? {} : { driver: installedDriver() };
  place = await temporaryFolder();
  stores = [
    await sqliteStore(join(place.folder, 'a/b'), options),
    await sqliteStore(join(place.folder, 'a/b'), options),
  ];
}, 1_800_000);
afterAll(async () => {
  for (const store of stores ?? []) await store.close?.();
  await place?.remove();
});

storeContract(`sqliteStore on ${hasOwn ? 'node:sqlite' : 'better-sqlite3'}`, () => stores, pause);

describe('sqliteStore', () => {
  it('knows every claim when its process begins again', async () => {
    const folder = join(place.folder, 'again');
    const store = await sqliteStore(folder, options);
    const keys = Array.from({ length: 50 }, someKey);
    for (const key of keys) await store.claim(key, 600_000);
    await store.close?.();
    const next = await sqliteStore(folder, options);
    for (const key of keys) expect(await next.claim(key, 600_000)).toMatchObject({ fresh: false });
    await next.close?.();
  });

  it('is opened although another process is about to make it', async () => {
    const folder = join(place.folder, 'at-once');
    mkdirSync(folder);
    const driver = (own?.DatabaseSync ?? options.driver) as SqliteDriver;
    const other = new driver(join(folder, 'replays.sqlite'));
    other.exec('BEGIN EXCLUSIVE');
    // It finds the file locked before this returns.
    const opening = sqliteStore(folder, { driver });
    other.exec('ROLLBACK');
    other.close();
    const store = await opening;
    expect(await store.claim(someKey(), 60_000)).toMatchObject({ fresh: true });
    await store.close?.();
  });

  it('does not start where the folder cannot be made', async () => {
    writeFileSync(join(place.folder, 'file'), '');
    await expect(sqliteStore(join(place.folder, 'file/below'), options)).rejects.toThrow(/ENOTDIR|EEXIST/);
  });

  if (!hasOwn) {
    it('says what is missing where Node has no SQLite', async () => {
      await expect(sqliteStore(join(place.folder, 'none'))).rejects.toThrow(/npm install better-sqlite3@12/);
    });

    it('does all of this with Node’s own SQLite, too', async () => {
      await installRuntimes();
      const [node = ''] = runtimes['Node 22'];
      const file = 'packages/gateway/test/services/sqlite-store.test.ts';
      const run = ['node_modules/vitest/vitest.mjs', 'run', file];
      const { status, stdout } = spawnSync(node, run, { cwd: root, encoding: 'utf8' });
      expect(stdout).toMatch(/1\d passed/);
      expect(status, stdout).toBe(0);
    }, 900_000);
  }
});
