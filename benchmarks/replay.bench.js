import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryStore } from '@countersign/gateway/stores/memory';
import { storeByUrl } from '@countersign/gateway/stores/by-url';
import { compare, describe } from './compare.js';

const ttlMs = 600_000;
const keyCount = 1_000_000;
const keys = (count) => Array.from({ length: count }, () => randomBytes(32).toString('hex'));

/** What one would write by hand: a Map, and what is over is dropped from its front. */
function bareMap() {
  const over = new Map();
  return (key) => {
    const now = Date.now();
    for (const [oldest, at] of over) {
      if (at > now) break;
      over.delete(oldest);
    }
    if (over.has(key)) return false;
    over.set(key, now + ttlMs);
    return true;
  };
}

/** A hundred thousand fresh claims each, on a store that is new each time: a repeat would cost less. */
async function againstMap() {
  const some = keys(100_000);
  const ours = () => {
    const store = memoryStore();
    for (const key of some) store.claim(key, ttlMs);
  };
  const peer = () => {
    const claim = bareMap();
    for (const key of some) claim(key);
  };
  const comparison = await compare(ours, peer, { rounds: 11 });
  return { ratio: comparison.ratio, detail: `${describe(comparison)}, for 100,000 claims` };
}

/** In a process that does nothing else, because others' garbage would count. */
function memoryOfMillion() {
  const program = `
    import { randomBytes } from 'node:crypto';
    import { memoryStore } from '@countersign/gateway/stores/memory';
    gc();
    const before = process.memoryUsage().heapUsed;
    const store = memoryStore({ maxBytes: 1e9 });
    for (let count = 0; count < ${keyCount}; count++) store.claim(randomBytes(32).toString('hex'), ${ttlMs});
    gc();
    console.log((process.memoryUsage().heapUsed - before) / 1e6, store.bytes);`;
  const run = ['--expose-gc', '--input-type=module', '--eval', program];
  const [megabytes, counted] = execFileSync(process.execPath, run, { cwd: import.meta.dirname, encoding: 'utf8' })
    .split(' ')
    .map(Number);
  const detail = `${megabytes.toFixed(0)} MB, of which the store knows ${(counted / 1e6).toFixed(0)}`;
  return { ratio: megabytes / 150, detail };
}

const redisUrl = process.env.REDIS_URL;
const postgresUrl = process.env.POSTGRES_URL;
const need = (name, start) => ({ skipped: `${name} is not set; ${start}` });

async function againstRedis() {
  if (!redisUrl) return need('REDIS_URL', 'start redis-server and set it, such as redis://127.0.0.1:6379');
  const { Redis } = await import('ioredis');
  const client = new Redis(redisUrl);
  const store = await storeByUrl(redisUrl);
  await client.ping();
  for (let count = 0; count < 100; count++)
    await store.ready().catch(() => new Promise((next) => setTimeout(next, 20)));
  // In flights of 32, as a guard has them; the same command with a value of the same length.
  const flight = (claim) => () => Promise.all(keys(32).map(claim));
  const value = `${Date.now()} ${randomUUID()} 1000`;
  const comparison = await compare(
    flight((key) => store.claim(key, ttlMs)),
    flight((key) => client.set(`countersign:replay:${key}`, value, 'PX', ttlMs, 'NX')),
  );
  await store.close();
  client.disconnect();
  return { ratio: comparison.ratio, detail: `${describe(comparison)}, for 32 at a time` };
}

/** Reported, against what a guard allows a store: a thousand claims a second. */
async function perSecond(store, atOnce) {
  const startedMs = performance.now();
  let done = 0;
  while (performance.now() - startedMs < 3000) {
    await Promise.all(keys(atOnce).map(async (key) => store.claim(key, ttlMs)));
    done += atOnce;
  }
  const rate = done / ((performance.now() - startedMs) / 1000);
  return { ratio: rate / 1000, detail: `${Math.round(rate)} a second, ${atOnce} at a time` };
}

async function postgres() {
  if (!postgresUrl) return need('POSTGRES_URL', 'start a server and set it');
  const store = await storeByUrl(postgresUrl);
  try {
    await store.ready();
    return await perSecond(store, 32);
  } finally {
    await store.close();
  }
}

async function sqlite() {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-bench-'));
  try {
    const store = await storeByUrl(folder);
    try {
      return await perSecond(store, 1);
    } finally {
      store.close();
    }
  } catch (error) {
    return { skipped: error.message };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const rows = [
  { what: 'replay store in process, claims', against: 'a bare Map with expiry', target: 0.5, measure: againstMap },
  {
    what: 'replay store in process, memory of a million claims',
    against: '150 MB',
    target: 1,
    atMost: true,
    measure: memoryOfMillion,
  },
  { what: 'replay store on Redis, claims', against: 'a bare loop of SET NX PX', target: 0.9, measure: againstRedis },
  { what: 'replay store on Postgres, claims', against: 'a thousand a second', target: 1, measure: postgres },
  { what: 'replay store on SQLite, claims', against: 'a thousand a second', target: 1, measure: sqlite },
];
