import type { ReplayStore } from '../replay/replay-store.ts';
import { memoryStore } from './memory.ts';

/** Where a store is, and what it needs beside. */
export interface StoreOptions {
  /** For `memory`: how many bytes it may hold. */
  readonly maxBytes?: number;
}

/**
 * Opens a store by what people write: `memory`, a folder (SQLite), `redis://` or `rediss://host:6379/0?replicas=1`,
 * `redis-sentinel://host:26379,host:26379/name?replicas=1`, `redis-cluster://host:6379,host:6379`, `postgres://…?table=name`.
 *
 * @throws Error when the package that it needs is not installed, saying how to install it; never with a password of the URL
 */
export async function storeByUrl(where: string, options: StoreOptions = {}): Promise<ReplayStore> {
  const { maxBytes } = options;
  if (where === 'memory') return memoryStore(maxBytes === undefined ? {} : { maxBytes });
  const [, kind = 'folder'] = /^([a-z]+(?:-[a-z]+)?):\/\//i.exec(where) ?? [];
  switch (kind.toLowerCase()) {
    case 'folder': {
      const { sqliteStore } = await import('./sqlite.ts');
      return sqliteStore(where);
    }
    case 'redis':
    case 'rediss':
    case 'redis-sentinel':
    case 'redis-cluster':
      return openRedis(where, kind.toLowerCase());
    case 'postgres':
    case 'postgresql':
      return openPostgres(where);
    default:
      throw new Error(
        `a replay store is memory, a folder, redis://…, redis-sentinel://…, redis-cluster://… or postgres://…, not ${kind}://…`,
      );
  }
}

async function openRedis(where: string, kind: string): Promise<ReplayStore> {
  const { Redis, Cluster } = await installed('ioredis', () => import('ioredis'));
  const { redisStore } = await import('./redis.ts');
  const { hosts, path, password, username, query } = partsOf(where);
  // A command that waits for a server to come back has no answer within its time; one that is sent again is a repeat of itself.
  const shared = {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    connectTimeout: 2000,
    socketTimeout: 5000,
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password }),
  };
  const retry = (times: number): number => Math.min(50 * times, 1000);
  const client =
    kind === 'redis-cluster'
      ? new Cluster([...hosts], {
          enableOfflineQueue: false,
          redisOptions: shared,
          clusterRetryStrategy: retry,
          retryDelayOnFailover: 0,
        })
      : kind === 'redis-sentinel'
        ? new Redis({
            ...shared,
            sentinels: [...hosts],
            name: path,
            retryStrategy: retry,
            sentinelRetryStrategy: retry,
          })
        : new Redis({
            ...shared,
            ...hosts[0],
            db: Number(path || 0),
            retryStrategy: retry,
            ...(kind === 'rediss' && { tls: {} }),
          });
  const replicas = Number(query.get('replicas') ?? 0);
  const store = redisStore(client, { replicas });
  return { ...store, close: () => client.disconnect() };
}

async function openPostgres(where: string): Promise<ReplayStore> {
  const { default: pg } = await installed('pg', () => import('pg'));
  const { postgresStore } = await import('./postgres.ts');
  const url = new URL(where);
  const table = url.searchParams.get('table');
  url.searchParams.delete('table');
  const pool = new pg.Pool({
    connectionString: url.href,
    connectionTimeoutMillis: 2000,
    statement_timeout: 5000,
    query_timeout: 5000,
    keepAlive: true,
  });
  const store = postgresStore(pool, table === null ? {} : { table });
  return { ...store, close: () => pool.end() };
}

interface UrlParts {
  readonly hosts: readonly { readonly host: string; readonly port: number }[];
  readonly path: string;
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly query: URLSearchParams;
}

/** A URL that may name several hosts, which `URL` cannot read. */
function partsOf(where: string): UrlParts {
  const match = /^[a-z-]+:\/\/(?:([^/?#@]*)@)?([^/?#@]+)(?:\/([^?#]*))?(?:\?(.*))?$/i.exec(where);
  if (!match) throw new Error('the URL of the replay store cannot be read');
  const [, login, list = '', path = '', query = ''] = match;
  const hosts = list.split(',').map((one) => {
    const [, name = '', port = '6379'] = /^(\[[0-9a-f:.]+\]|[^:]+)(?::(\d+))?$/i.exec(one) ?? [];
    if (name === '') throw new Error('the URL of the replay store has no host that can be called');
    return { host: name.replace(/^\[|\]$/g, ''), port: Number(port) };
  });
  const [username, password] = (login?.split(/:(.*)/s, 2) ?? []).map(decodeURIComponent);
  return { hosts, path, username: username || undefined, password, query: new URLSearchParams(query) };
}

async function installed<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new Error(`this replay store needs the package ${name} (npm install ${name})`, { cause: error });
  }
}
