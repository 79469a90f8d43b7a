import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/stores/memory.ts';
import { someKey, storeContract } from './store-contract.ts';

let now = Date.now();
const shared = memoryStore({ now: () => now });
storeContract(
  'memoryStore',
  () => [shared, shared],
  (ms) => void (now += ms),
);

describe('memoryStore', () => {
  it('refuses what is new when it is full, and forgets nothing before its time', async () => {
    const store = memoryStore({ maxBytes: 1280, now: () => now });
    const keys = Array.from({ length: 10 }, someKey);
    for (const key of keys) await store.claim(key, 1000);
    const one = someKey();
    expect(() => store.claim(one, 1000)).toThrow(/full/);
    for (const key of keys) expect(await store.claim(key, 1000)).toMatchObject({ fresh: false });
    now += 1001;
    expect(await store.claim(one, 1000)).toMatchObject({ fresh: true });
  });

  it('has room again for what was released or is over, outcomes included', async () => {
    const store = memoryStore({ now: () => now });
    for (let count = 0; count < 100; count++) {
      const claim = await store.claim(someKey(), count % 2 ? 1000 : 3000);
      if (!claim.fresh) throw new Error('not fresh');
      if (count % 3 === 0) await claim.release();
      else await claim.settle?.({ status: 200, headers: [], body: new Uint8Array(count) });
    }
    expect(store.bytes).toBeGreaterThan(66 * 128);
    now += 3001;
    for (let count = 0; count < 100; count++) await store.claim(someKey(), 1);
    expect(store.bytes).toBe(100 * 128);
  });

  it('counts the bytes of outcomes against its bound', async () => {
    const store = memoryStore({ maxBytes: 4096, now: () => now });
    const claim = await store.claim(someKey(), 1000);
    if (!claim.fresh) throw new Error('not fresh');
    expect(() => claim.settle?.({ status: 200, headers: [], body: new Uint8Array(4096) })).toThrow(/full/);
    expect(store.bytes).toBe(128);
  });

  it.each([0, -1, Number.NaN])('takes no bound of %d bytes', (maxBytes) => {
    expect(() => memoryStore({ maxBytes })).toThrow(TypeError);
  });
});
