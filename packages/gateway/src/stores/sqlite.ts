import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { outcomeText, readOutcome } from '../replay/outcome-text.ts';
import type { Claim, ReplayStore } from '../replay/replay-store.ts';

/** What is used of a database: `DatabaseSync` of node:sqlite and `Database` of better-sqlite3 both have it. */
export interface SqliteDatabase {
  exec(sql: string): unknown;
  prepare(sql: string): SqliteStatement;
  close(): unknown;
}

/** What is used of a statement. */
export interface SqliteStatement {
  get(...values: (string | number)[]): unknown;
  run(...values: (string | number)[]): unknown;
}

/** How a database is opened: the class `DatabaseSync` or `Database`. */
export type SqliteDriver = new (file: string) => SqliteDatabase;

/** What opens the database, and its clock. */
export interface SqliteStoreOptions {
  /** Defaults to node:sqlite where Node has it (22.13 and later), else better-sqlite3 12, where it is installed. */
  readonly driver?: SqliteDriver;
  /** Milliseconds since the epoch. Defaults to the system's. */
  readonly now?: () => number;
}

/**
 * Remembers requests in a file, `replays.sqlite` in a folder, for the processes of one machine. What was claimed is on the
 * disk before a request is let in. A folder on a network's file system is none: its locks are not to be relied on.
 *
 * @param folder made where it is not there, for its owner alone
 * @throws Error when there is neither node:sqlite nor better-sqlite3, or the folder cannot be written
 */
export async function sqliteStore(folder: string, options: SqliteStoreOptions = {}): Promise<ReplayStore> {
  const { now = Date.now, driver = await defaultDriver() } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = new driver(join(folder, 'replays.sqlite'));
  try {
    await prepare(database);
    return openStore(database, now);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** How long processes that begin at the same time may take to make the file, in turn. */
const longestSetUpMs = 10_000;

/** Where another process just makes the same file, SQLite says at once that it is locked, whatever its time to wait. */
async function prepare(database: SqliteDatabase): Promise<void> {
  for (const giveUp = Date.now() + longestSetUpMs; ;) {
    try {
      return void database.exec(setUp);
    } catch (error) {
      if (!isLocked(error) || Date.now() > giveUp) throw error;
    }
    await wait(10);
  }
}

/** SQLITE_BUSY, with whatever says why: node:sqlite has its number, better-sqlite3 its name. */
function isLocked(error: unknown): boolean {
  const { code, errcode } = error as { code?: unknown; errcode?: unknown };
  return (typeof errcode === 'number' && (errcode & 0xff) === 5) || String(code).startsWith('SQLITE_BUSY');
}

function openStore(database: SqliteDatabase, now: () => number): ReplayStore {
  const insert = database.prepare(insertSql);
  const select = database.prepare('SELECT seen_at AS seenAt, outcome FROM replays WHERE key = ?');
  const remove = database.prepare('DELETE FROM replays WHERE key = ? AND token = ?');
  const update = database.prepare('UPDATE replays SET outcome = ? WHERE key = ? AND token = ?');
  const clear = database.prepare(
    'DELETE FROM replays WHERE key IN (SELECT key FROM replays WHERE over_at <= ? LIMIT 2000)',
  );
  const owner = randomUUID();
  let count = 0;
  return {
    claim(key, ttlMs): Claim {
      for (let attempt = 0; attempt < 3; attempt++) {
        const time = now();
        if (++count % 1000 === 0) clear.run(time);
        const token = `${owner} ${count}`;
        const over = Math.min(time + ttlMs, Number.MAX_SAFE_INTEGER);
        if (insert.get(key, token, time, over)) {
          return {
            fresh: true,
            release: () => void remove.run(key, token),
            settle: (outcome) => void update.run(outcomeText(outcome), key, token),
          };
        }
        const found = select.get(key) as { seenAt: number; outcome: string | null } | undefined;
        if (found) {
          const firstSeenAt = new Date(found.seenAt);
          return { fresh: false, firstSeenAt, ...(found.outcome !== null && { outcome: readOutcome(found.outcome) }) };
        }
      }
      throw new Error('another process claims and releases the same request over and over');
    },
    async ready() {
      database.prepare('SELECT 1').get();
    },
    close: () => void database.close(),
  };
}

/** FULL: after a power failure what was let in is still known. */
const setUp = `PRAGMA busy_timeout = 1000;
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  CREATE TABLE IF NOT EXISTS replays (
    key TEXT PRIMARY KEY,
    token TEXT NOT NULL,
    seen_at INTEGER NOT NULL,
    over_at INTEGER NOT NULL,
    outcome TEXT
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS replays_over_at ON replays (over_at);`;

const insertSql = `INSERT INTO replays (key, token, seen_at, over_at) VALUES (?, ?, ?, ?)
  ON CONFLICT (key) DO UPDATE
    SET token = excluded.token, seen_at = excluded.seen_at, over_at = excluded.over_at, outcome = NULL
    WHERE replays.over_at <= excluded.seen_at
  RETURNING 1 AS one`;

async function defaultDriver(): Promise<SqliteDriver> {
  const own = process.getBuiltinModule('node:sqlite') as { DatabaseSync: SqliteDriver } | undefined;
  if (own) return own.DatabaseSync;
  try {
    // Not a literal: its types are not there, as it is not.
    const name: string = 'better-sqlite3';
    return ((await import(name)) as { default: SqliteDriver }).default;
  } catch (error) {
    const why = 'a folder as replay store needs Node 22.13 or later, or the package better-sqlite3@12';
    throw new Error(`${why} (npm install better-sqlite3@12)`, { cause: error });
  }
}
