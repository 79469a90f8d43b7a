import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BYTES_PER_TURN, ownTurns } from '../../src/threads/own-turn.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setImmediate'] }));
afterEach(() => void vi.useRealTimers());

/** Turns that pass when the test says so. */
function turnsByHand() {
  const begun: string[] = [];
  return {
    begun,
    ask: (name: string, bytes: number) => void ownTurns.of(bytes)?.then(() => begun.push(name)),
    pass: async () => {
      vi.runOnlyPendingTimers();
      await Promise.resolve();
      return begun.splice(0);
    },
  };
}

test('however much arrives at once, each turn deals with its share, in the order of asking', async () => {
  const { ask, pass } = turnsByHand();
  for (const name of ['a', 'b', 'c']) ask(name, 2 * BYTES_PER_TURN);
  for (const name of ['d', 'e', 'f']) ask(name, 0.4 * BYTES_PER_TURN);
  expect(await pass()).toEqual(['a']);
  expect(await pass()).toEqual(['b']);
  expect(await pass()).toEqual(['c']);
  expect(await pass()).toEqual(['d', 'e']);
  expect(await pass()).toEqual(['f']);
  expect(await pass()).toEqual([]);
});

test('what is much waits for another turn even when nobody else is there; what is little does not wait', async () => {
  const { ask, begun, pass } = turnsByHand();
  expect(ownTurns.of(1_000)).toBeUndefined();
  ask('long', BYTES_PER_TURN);
  await Promise.resolve();
  expect(begun).toEqual([]);
  expect(await pass()).toEqual(['long']);
});
