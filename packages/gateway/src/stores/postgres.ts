import { randomUUID } from 'node:crypto';
import { DoubtfulClaims } from '../replay/doubtful-claims.ts';
import { outcomeText, readOutcome } from '../replay/outcome-text.ts';
import type { Claim, ReplayStore } from '../replay/replay-store.ts';

/** What is used of a `Pool` of pg. */
export interface PostgresPool {
  query(text: string, values?: unknown[]): Promise<{ readonly rows: readonly Record<string, unknown>[] }>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Where claims are kept. */
export interface PostgresStoreOptions {
  /** The table, made at the first claim where it is not there; with its schema in front where it is in another. */
  readonly table?: string;
}

/**
 * Remembers requests in Postgres, for any number of processes, on the database's clock.
 *
 * @param pool stays the caller's, to be closed by the caller
 * @throws TypeError when the table's name is none
 * @see https://www.postgresql.org/docs/current/sql-insert.html#SQL-ON-CONFLICT
 */
export function postgresStore(pool: PostgresPool, options: PostgresStoreOptions = {}): ReplayStore {
  const { table = 'countersign_replays' } = options;
  if (!/^(?:[a-z_][a-z0-9_]*\.)?[a-z_][a-z0-9_]*$/.test(table))
    throw new TypeError('table must be lower-case letters, digits and underscores, with or without a schema in front');
  // A connection that ends while nobody uses it; without a listener the process would end.
  pool.on('error', () => undefined);

  const release = async (key: string, token: string): Promise<void> => {
    await pool.query(`DELETE FROM ${table} WHERE key = $1 AND token = $2`, [key, token]);
  };
  const doubtful = new DoubtfulClaims(release);
  let made: Promise<void> | undefined;
  const makeTable = (): Promise<void> =>
    (made ??= createTable(pool, table).catch((error: unknown) => {
      made = undefined;
      throw error;
    }));
  let sinceClearing = 0;
  const clear = async (): Promise<void> => {
    if (++sinceClearing < claimsBetweenClearings) return;
    sinceClearing = 0;
    await pool.query(
      `DELETE FROM ${table} WHERE key IN (SELECT key FROM ${table} WHERE over_at <= clock_timestamp() LIMIT $1)`,
      [2 * claimsBetweenClearings],
    );
  };

  // A row whose time is over is taken in the same step, so that nobody has to delete it before.
  const insert = `INSERT INTO ${table} AS kept (key, token, over_at)
    VALUES ($1, $2, clock_timestamp() + $3::double precision * interval '1 millisecond')
    ON CONFLICT (key) DO UPDATE
      SET token = excluded.token, over_at = excluded.over_at, seen_at = clock_timestamp(), outcome = NULL
      WHERE kept.over_at <= clock_timestamp()
    RETURNING 1 AS one`;
  const select = `SELECT seen_at, outcome FROM ${table} WHERE key = $1`;

  return {
    async claim(key, ttlMs): Promise<Claim> {
      await makeTable();
      for (let attempt = 0; attempt < 3; attempt++) {
        const token = randomUUID();
        const time = Math.min(ttlMs, longestMs);
        let inserted: readonly unknown[];
        try {
          ({ rows: inserted } = await pool.query(insert, [key, token, time]));
        } catch (error) {
          // An error of the database has its SQLSTATE, and undid the step. Without one nobody knows.
          if (!isDatabaseError(error)) doubtful.add(key, token);
          throw error;
        }
        void doubtful.drain();
        if (inserted.length > 0) {
          clear().catch(() => undefined);
          return {
            fresh: true,
            release: () => release(key, token),
            settle: async (outcome) => {
              const text = outcomeText(outcome);
              await pool.query(`UPDATE ${table} SET outcome = $3 WHERE key = $1 AND token = $2`, [key, token, text]);
            },
          };
        }
        const { rows } = await pool.query(select, [key]);
        const [found] = rows;
        if (found) return repeated(found);
      }
      throw new Error('another process claims and releases the same request over and over');
    },
    async ready() {
      await makeTable();
      await pool.query('SELECT 1');
    },
  };
}

const claimsBetweenClearings = 1000;
/** A century: what is remembered for good. */
const longestMs = 100 * 365 * 24 * 3600 * 1000;

/**
 * `IF NOT EXISTS` alone fails where two processes begin at once, in one of several ways, by how far the other one is.
 * They take turns by a lock that ends with the transaction, which the statements of one query are.
 *
 * @see https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
 */
async function createTable(pool: PostgresPool, table: string): Promise<void> {
  await pool.query(`SELECT pg_advisory_xact_lock(hashtext('countersign ${table}'));
    CREATE TABLE IF NOT EXISTS ${table} (
      key text PRIMARY KEY,
      token text NOT NULL,
      seen_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      over_at timestamptz NOT NULL,
      outcome text
    );
    CREATE INDEX IF NOT EXISTS ${table.replace('.', '_')}_over_at ON ${table} (over_at)`);
}

/** Those of class 57 (the server stops) and 08 (the connection) may come after the step was done. */
function isDatabaseError(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return typeof code === 'string' && /^(?!57|08)[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code);
}

function repeated({ seen_at, outcome }: Record<string, unknown>): Claim {
  const firstSeenAt = seen_at as Date;
  return { fresh: false, firstSeenAt, ...(typeof outcome === 'string' && { outcome: readOutcome(outcome) }) };
}
