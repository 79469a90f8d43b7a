import { randomUUID } from 'node:crypto';
import { DoubtfulClaims } from '../replay/doubtful-claims.ts';
import { outcomeText, readOutcome } from '../replay/outcome-text.ts';
import type { Claim, FreshClaim, Outcome, ReplayStore } from '../replay/replay-store.ts';

/** What is used of a client of ioredis: a `Redis`, also one of Sentinel, or a `Cluster`. */
export interface RedisClient {
  readonly isCluster?: boolean;
  call(command: string, ...words: (string | number)[]): Promise<unknown>;
  on(event: 'ready', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Where and how claims are kept. */
export interface RedisStoreOptions {
  /** In front of every key. `countersign:replay:`. */
  readonly prefix?: string;
  /**
   * How many replicas must have a claim before it holds. 0: a failover may lose the last claims, and let their repeats pass
   * once. Give the number of replicas that there are. Not with a Cluster.
   */
  readonly replicas?: number;
  /** How long replicas may take, in milliseconds. 500. */
  readonly replicasTimeoutMs?: number;
}

/**
 * Remembers requests in Redis or Valkey, for any number of processes, by `SET NX PX`. With `maxmemory-policy noeviction`
 * (Redis' default): any other forgets claims before their time is over.
 *
 *     redisStore(new Redis('redis://127.0.0.1', { enableOfflineQueue: false, autoResendUnfulfilledCommands: false }))
 *
 * @param client stays the caller's, to be closed by the caller
 * @see https://redis.io/docs/latest/commands/set/
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): ReplayStore {
  const { prefix = 'countersign:replay:', replicas = 0, replicasTimeoutMs = 500 } = options;
  if (replicas > 0 && client.isCluster) throw new TypeError('replicas cannot be waited for with a Cluster');
  const owner = randomUUID();
  let count = 0;

  const doubtful = new DoubtfulClaims((key, token) => new RedisClaim(client, prefix + key, token).release());
  client.on('ready', () => void doubtful.drain());
  // Every command says itself what went wrong; without a listener ioredis writes to the console.
  client.on('error', () => undefined);

  /** Both go out at once, so that no other command comes between them on their connection. */
  const replicated = async (setting: Promise<unknown>, key: string, token: string): Promise<unknown> => {
    const waiting = client.call('WAIT', replicas, replicasTimeoutMs);
    const [was, reached] = await Promise.allSettled([setting, waiting]);
    if (was.status === 'rejected') throw was.reason as Error;
    if (was.value !== 'OK') return was.value;
    if (reached.status === 'rejected') throw reached.reason as Error;
    if (Number(reached.value) >= replicas) return was.value;
    doubtful.add(key, token);
    void doubtful.drain();
    throw new Error(`${String(reached.value)} of ${replicas} replicas have the claim`);
  };
  const set = (key: string, token: string, ttlMs: number): Promise<unknown> => {
    const setting = Number.isFinite(ttlMs)
      ? client.call('set', prefix + key, token, 'NX', 'PX', Math.ceil(ttlMs))
      : client.call('set', prefix + key, token, 'NX');
    return replicas === 0 ? setting : replicated(setting, key, token);
  };

  const claimOnce = (key: string, ttlMs: number, triesLeft: number): Promise<Claim> => {
    const token = `${Date.now()} ${owner} ${count++}`;
    // `then` and no `await`: that takes a tenth of the time of a claim.
    return set(key, token, ttlMs).then(
      (was) => (was === 'OK' ? new RedisClaim(client, prefix + key, token) : claimedBefore(key, ttlMs, triesLeft)),
      (error: Error) => {
        // A reply that is an error changed nothing. Without a reply nobody knows.
        if (error.name !== 'ReplyError') doubtful.add(key, token);
        throw error;
      },
    );
  };
  /** Between the two commands the first claim may be released, or its time over. */
  const claimedBefore = async (key: string, ttlMs: number, triesLeft: number): Promise<Claim> => {
    const found = await client.call('GET', prefix + key);
    if (typeof found === 'string') return repeated(found);
    if (triesLeft === 0) throw new Error('another process claims and releases the same request over and over');
    return claimOnce(key, ttlMs, triesLeft - 1);
  };

  return {
    claim: (key, ttlMs) => claimOnce(key, ttlMs, 2),
    async ready() {
      await client.call('PING');
    },
  };
}

class RedisClaim implements FreshClaim {
  readonly fresh = true;
  readonly #client: RedisClient;
  readonly #key: string;
  readonly #token: string;

  constructor(client: RedisClient, key: string, token: string) {
    this.#client = client;
    this.#key = key;
    this.#token = token;
  }

  async release(): Promise<void> {
    await this.#client.call('EVAL', releaseScript, 1, this.#key, this.#token);
  }

  async settle(outcome: Outcome): Promise<void> {
    await this.#client.call('EVAL', settleScript, 1, this.#key, this.#token, `\n${outcomeText(outcome)}`);
  }
}

/** `<milliseconds> <owner> <count>`, and in a second line the outcome. */
function repeated(value: string): Claim {
  const [token = '', outcome] = value.split('\n', 2);
  const firstSeenAt = new Date(Number.parseInt(token, 10));
  if (Number.isNaN(firstSeenAt.getTime())) throw new Error('the key holds something that is no claim');
  return { fresh: false, firstSeenAt, ...(outcome !== undefined && { outcome: readOutcome(outcome) }) };
}

const releaseScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0`;
const settleScript = `if redis.call('GET', KEYS[1]) == ARGV[1] then
  redis.call('SET', KEYS[1], ARGV[1] .. ARGV[2], 'KEEPTTL')
end
return 0`;
