import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ReplayStore } from '../../src/replay/replay-store.ts';
import { someKey } from './store-contract.ts';

// The stores of docs/production.md, run as they are printed there, on stand-ins for the services that do what these document.
const page = readFileSync(new URL('../../../../docs/production.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/^```js\n(.*?)^```$/gms)].map(([, code = '']) => code);
const printed = (word: string): string =>
  blocks.find((code) => code.includes(word))?.replaceAll(/^export /gm, '') ?? '';

/** Runs a block, with what it takes from around it, and gives its `store`. */
function storeOf(code: string, around: Readonly<Record<string, unknown>>): ReplayStore {
  // oxlint-disable-next-line no-implied-eval, no-new-func -- it is our own page
  const make = new Function(...Object.keys(around), `${code}\nreturn store;`) as (...values: unknown[]) => ReplayStore;
  return make(...Object.values(around));
}

interface Written {
  readonly Item: { readonly id: string; readonly token: string; readonly seen: number; readonly over: number };
  readonly Key: { readonly id: string };
  readonly ConditionExpression: string;
  readonly ExpressionAttributeValues: Readonly<Record<string, unknown>>;
}

/** A table: conditions hold for the one item at that moment. What is over stays until it is deleted, days later. */
function dynamo(unmarshalls: boolean): ReplayStore {
  class PutCommand {
    readonly input: Written;
    constructor(input: Written) {
      this.input = input;
    }
  }
  class DeleteCommand extends PutCommand {}
  const table = new Map<string, Written['Item']>();
  const holds = (
    item: Written['Item'] | undefined,
    { ConditionExpression, ExpressionAttributeValues }: Written,
  ): boolean => {
    if (ConditionExpression === '#token = :token') return item?.token === ExpressionAttributeValues[':token'];
    expect(ConditionExpression).toBe('attribute_not_exists(id) OR #over < :now');
    return item === undefined || item.over < Number(ExpressionAttributeValues[':now']);
  };
  const send = async (command: PutCommand): Promise<void> => {
    await Promise.resolve();
    const { input } = command;
    const id = command instanceof DeleteCommand ? input.Key.id : input.Item.id;
    const item = table.get(id);
    if (!holds(item, input)) {
      const seen = unmarshalls ? item?.seen : { N: String(item?.seen) };
      throw Object.assign(new Error('no'), { name: 'ConditionalCheckFailedException', Item: { seen } });
    }
    if (command instanceof DeleteCommand) table.delete(id);
    else table.set(id, input.Item);
  };
  return storeOf(printed('PutCommand'), { dynamo: { send }, PutCommand, DeleteCommand, randomUUID });
}

/** Objects: to each one thing is delivered after the other, as long as its storage works. */
function durableObjects(): ReplayStore {
  class DurableObject {
    readonly ctx = { storage: storage() };
  }
  function storage(): object {
    const held = new Map<string, unknown>();
    return {
      get: async (key: string) => structuredClone(held.get(key)),
      put: async (key: string, value: unknown) => void held.set(key, structuredClone(value)),
      // It comes late: whatever is over has to be told by its time.
      setAlarm: async (at: number) => expect(at).toBeGreaterThan(Date.now()),
      deleteAll: async () => held.clear(),
    };
  }
  type Steps = Record<string, (...values: unknown[]) => Promise<unknown>>;
  const objects = new Map<string, Steps>();
  let Replay: (new () => Steps) | undefined;
  const get = (id: string): Steps => {
    let object = objects.get(id);
    if (!object) {
      const made = new Replay!();
      let last: Promise<unknown> = Promise.resolve();
      object = new Proxy(made, {
        get: (target, name) =>
          typeof name !== 'string' || name === 'then'
            ? undefined
            : (...values: unknown[]) => {
                last = last.then(() => target[name]!(...values));
                return last;
              },
      });
      objects.set(id, object);
    }
    return object;
  };
  const env = { REPLAYS: { get, idFromName: (name: string) => name } };
  const code = `${printed('DurableObject')}\ntell(Replay);`;
  return storeOf(code, { DurableObject, env, tell: (made: new () => Steps) => (Replay = made) });
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

describe.each<[string, () => ReplayStore]>([
  ['DynamoDB', () => dynamo(false)],
  ['DynamoDB with a client that translates what failed', () => dynamo(true)],
  ['Durable Objects', durableObjects],
])('the documented store for %s', (_, open) => {
  it('gives one fresh claim to many who come at once, and tells the others since when', async () => {
    const store = open();
    const key = someKey();
    const now = Date.now();
    const claims = await Promise.all([1, 2, 3, 4, 5].map(async () => store.claim(key, 60_000)));
    expect(claims.filter(({ fresh }) => fresh)).toHaveLength(1);
    for (const claim of claims) if (!claim.fresh) expect(claim.firstSeenAt.getTime()).toBe(now);
    expect((await store.claim(someKey(), 60_000)).fresh).toBe(true);
  });

  it('forgets what is released, and what is over', async () => {
    const store = open();
    const key = someKey();
    const first = await store.claim(key, 60_000);
    if (first.fresh) await first.release();
    expect((await store.claim(key, 60_000)).fresh).toBe(true);
    vi.setSystemTime(Date.now() + 59_000);
    expect((await store.claim(key, 60_000)).fresh).toBe(false);
    vi.setSystemTime(Date.now() + 3000);
    expect((await store.claim(key, 60_000)).fresh).toBe(true);
  });

  it('lets a claim whose time was over not release the next one', async () => {
    const store = open();
    const key = someKey();
    const first = await store.claim(key, 1000);
    vi.setSystemTime(Date.now() + 3000);
    expect((await store.claim(key, 60_000)).fresh).toBe(true);
    if (first.fresh) await Promise.resolve(first.release()).catch(() => undefined);
    expect((await store.claim(key, 60_000)).fresh).toBe(false);
  });
});
