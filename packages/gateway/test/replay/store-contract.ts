import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Claim, FreshClaim, Outcome, ReplayStore } from '../../src/replay/replay-store.ts';

/** A key as `replayKey` makes them, another one each time: stores outside of this process keep those of earlier runs. */
export const someKey = (): string => randomBytes(32).toString('hex');

const outcome: Outcome = {
  status: 202,
  headers: [
    ['Content-Type', 'application/json'],
    ['Set-Cookie', 'a=1'],
    ['Set-Cookie', 'b=2'],
  ],
  body: Uint8Array.from([0, 0xff, 0x0a, 0x22]),
};

function fresh(claim: Claim): FreshClaim {
  if (!claim.fresh) throw new Error('the claim is not fresh');
  return claim;
}

/**
 * What every store of claims has to do.
 *
 * @param open two views of one store, as two processes have them; or the same one twice
 * @param pass lets time pass, as far as the store is concerned
 */
export function storeContract(
  name: string,
  open: () => readonly [ReplayStore, ReplayStore],
  pass: (ms: number) => Promise<void> | void,
): void {
  describe(`${name}, as a store of claims`, () => {
    it('gives a fresh claim to the first and tells every other one when the first was there', async () => {
      const [one, other] = open();
      const key = someKey();
      const before = Date.now() - 5000;
      expect(await one.claim(key, 60_000)).toMatchObject({ fresh: true });
      for (const store of [one, other]) {
        const again = await store.claim(key, 60_000);
        expect(again.fresh).toBe(false);
        const { firstSeenAt, outcome: none } = again as Extract<Claim, { fresh: false }>;
        expect(firstSeenAt.getTime()).toBeGreaterThan(before);
        expect(none).toBeUndefined();
      }
      expect(await one.claim(someKey(), 60_000)).toMatchObject({ fresh: true });
    });

    it('gives one fresh claim to many who come at once', async () => {
      const [one, other] = open();
      const keys = Array.from({ length: 20 }, someKey);
      const claims = await Promise.all(
        keys.flatMap((key) => [one, other, one, other, one].map(async (store) => store.claim(key, 60_000))),
      );
      expect(claims.filter(({ fresh: isFresh }) => isFresh)).toHaveLength(keys.length);
      keys.forEach((_, at) => {
        expect(claims.slice(at * 5, at * 5 + 5).filter(({ fresh: isFresh }) => isFresh)).toHaveLength(1);
      });
    });

    it('forgets what was released, and only that', async () => {
      const [one, other] = open();
      const [key, kept] = [someKey(), someKey()];
      const claim = fresh(await one.claim(key, 60_000));
      await one.claim(kept, 60_000);
      await claim.release();
      expect(await other.claim(key, 60_000)).toMatchObject({ fresh: true });
      expect(await other.claim(kept, 60_000)).toMatchObject({ fresh: false });
    });

    it('keeps an outcome byte for byte', async () => {
      const [one, other] = open();
      const key = someKey();
      await fresh(await one.claim(key, 60_000)).settle?.(outcome);
      const again = await other.claim(key, 60_000);
      expect(again.fresh).toBe(false);
      const kept = (again as Extract<Claim, { fresh: false }>).outcome;
      expect({ ...kept, body: [...(kept?.body ?? [])] }).toEqual({ ...outcome, body: [...outcome.body] });
    });

    it('forgets a claim when its time is over, with its outcome', async () => {
      const [one, other] = open();
      const key = someKey();
      await fresh(await one.claim(key, 300)).settle?.(outcome);
      await pass(400);
      fresh(await other.claim(key, 60_000));
      expect(await one.claim(key, 60_000)).not.toHaveProperty('outcome.status');
    });

    it('lets a claim whose time was over neither release nor settle the next one', async () => {
      const [one, other] = open();
      const key = someKey();
      const first = fresh(await one.claim(key, 300));
      await pass(400);
      fresh(await other.claim(key, 60_000));
      await first.settle?.(outcome);
      await first.release();
      const again = await one.claim(key, 60_000);
      expect(again).toMatchObject({ fresh: false });
      expect(again).not.toHaveProperty('outcome.status');
    });

    it('remembers for good where the time is endless', async () => {
      const [one, other] = open();
      const key = someKey();
      await one.claim(key, Infinity);
      await pass(400);
      expect(await other.claim(key, Infinity)).toMatchObject({ fresh: false });
    });

    it('tells keys apart that are no hashes', async () => {
      const [one] = open();
      const part = someKey().slice(0, 30);
      for (const key of [part, `${part} `, `${part}  `, ` ${part}`, part.toUpperCase()]) {
        expect(await one.claim(key, 60_000), JSON.stringify(key)).toMatchObject({ fresh: true });
      }
      expect(await one.claim(part, 60_000)).toMatchObject({ fresh: false });
    });

    it('says that it can be asked', async () => {
      const [one] = open();
      await one.ready?.();
      expect(await one.claim(someKey(), 1000)).toMatchObject({ fresh: true });
    });
  });
}
