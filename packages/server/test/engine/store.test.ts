import { expect, test } from 'vitest';
import type { CallEvent } from '../../src/engine/event.ts';
import { replay } from './replay.ts';
import { MemoryCallStore } from '../../src/engine/memory-store.ts';
import type { CallStore } from '../../src/engine/store.ts';

function open(store: CallStore, call: string): void {
  const events: CallEvent[] = [
    { type: 'call-opened', provider: 'p', account: 'x', details: {}, call, seq: 1, atMs: 0 },
    { type: 'leg-invited', leg: 'a', party: { kind: 'user', id: 'u' }, direction: 'outbound', call, seq: 2, atMs: 0 },
  ];
  append(store, 0, events);
}

function end(store: CallStore, call: string): void {
  append(store, 2, [{ type: 'call-ended', cause: 'dropped', call, seq: 3, atMs: 9 }]);
}

function append(store: CallStore, version: number, events: readonly CallEvent[]): string {
  const [first] = events;
  const call = replay([...store.history(first?.call ?? ''), ...events]);
  if (call === undefined) throw new Error('nothing to append');
  return store.append(version, events, { call, providerState: undefined });
}

test('events are appended only under the version that the decision was based on', () => {
  const store = new MemoryCallStore();
  open(store, 'one');
  const note: CallEvent = { type: 'noted', name: 'n', data: 1, call: 'one', seq: 3, atMs: 5 };
  expect(append(store, 1, [note])).toBe('conflict');
  expect(append(store, 0, [note])).toBe('conflict');
  expect(append(store, 2, [note])).toBe('appended');
  expect(store.history('one').map(({ seq }) => seq)).toEqual([1, 2, 3]);
  expect(store.read('one')).toMatchObject({ call: { version: 3 } });
});

test('a history that was handed out does not change', () => {
  const store = new MemoryCallStore();
  open(store, 'one');
  const history = store.history('one');
  end(store, 'one');
  expect(history).toHaveLength(2);
});

test('ended calls are kept up to a limit, those that ended first go first, and live ones stay', () => {
  const store = new MemoryCallStore({ maxEndedCalls: 2 });
  for (const id of ['live', 'one', 'two', 'three']) open(store, id);
  for (const id of ['two', 'one', 'three']) end(store, id);
  expect(store.read('two')).toBe('gone');
  expect(store.history('two')).toEqual([]);
  expect(store.list().map(({ id }) => id)).toEqual(['three', 'one', 'live']);
  expect(store.liveCount()).toBe(1);
  expect(store.read('never')).toBeUndefined();
});

test('the calls of a party are found by its address, however it is spelled, as long as they are kept', () => {
  const store = new MemoryCallStore({ maxEndedCalls: 1 });
  const invite = (call: string, number: string): void => {
    open(store, call);
    const party = { kind: 'phone', number } as const;
    append(store, 2, [{ type: 'leg-invited', leg: 'b', party, direction: 'outbound', call, seq: 3, atMs: 1 }]);
  };
  invite('one', '+1 (206) 555-0101');
  invite('two', '12065550101');
  invite('other', '+12065550102');
  const idsOf = (address: string) => store.listOf(address).map(({ id }) => id);
  expect(idsOf('+12065550101')).toEqual(['two', 'one']);
  expect(idsOf('u')).toEqual(['other', 'two', 'one']);
  for (const call of ['one', 'two'])
    append(store, 3, [{ type: 'call-ended', cause: 'dropped', call, seq: 4, atMs: 9 }]);
  expect(idsOf('+12065550101')).toEqual(['two']);
  store.forgetEnded();
  expect([idsOf('+12065550101'), idsOf('u')]).toEqual([[], ['other']]);
});

test('that a call once was is remembered up to a limit, too', () => {
  const store = new MemoryCallStore({ maxEndedCalls: 0, maxTombstones: 1 });
  for (const id of ['one', 'two']) {
    open(store, id);
    end(store, id);
  }
  expect(store.read('two')).toBe('gone');
  expect(store.read('one')).toBeUndefined();
});

test('ended calls are bounded by what their histories weigh', () => {
  const store = new MemoryCallStore({ maxEndedBytes: 100_000 });
  const callback = 'menu-answer';
  const body = 'x'.repeat(5_000);
  for (let n = 0; n < 20; n += 1) {
    const call = `call-${n}`;
    open(store, call);
    const rounds = Array.from({ length: 5 }, (_, round): CallEvent => ({
      type: 'callback-answered',
      callback,
      outcome: { answered: true, status: 200, body },
      call,
      seq: 3 + round,
      atMs: 1,
    }));
    for (const round of rounds) append(store, round.seq - 1, [round]);
    append(store, 7, [{ type: 'call-ended', cause: 'dropped', call, seq: 8, atMs: 9 }]);
  }
  expect(store.list().map(({ id }) => id)).toEqual(['call-19', 'call-18', 'call-17']);
  expect(JSON.stringify(store.list().map(({ id }) => store.history(id))).length).toBeLessThan(100_000);
  expect(store.read('call-0')).toBe('gone');
  expect(store.bytes).toEqual({ live: 0, ended: expect.any(Number) });
});

test('a live call is never dropped, whatever it weighs; the store says which has to end', () => {
  const store = new MemoryCallStore({ maxLiveBytes: 1_000, maxEndedBytes: 1, maxCallBytes: 10_000 });
  open(store, 'one');
  open(store, 'two');
  const note: CallEvent = { type: 'noted', name: 'n', data: 'x'.repeat(9_000), call: 'one', seq: 3, atMs: 5 };
  append(store, 2, [note]);
  expect(store.list().map(({ id }) => id)).toEqual(['two', 'one']);
  expect([store.hasRoom(), store.overweight()]).toEqual([false, 'one']);
  end(store, 'two');
  append(store, 3, [{ type: 'call-ended', cause: 'failed', call: 'one', seq: 4, atMs: 9 }]);
  expect([store.read('one'), store.liveCount(), store.overweight()]).toEqual(['gone', 0, undefined]);
});

test('a call is found by its keys as long as it is kept; a key belongs to the call that got it last', () => {
  const store = new MemoryCallStore({ maxEndedCalls: 1 });
  for (const call of ['one', 'two', 'three']) open(store, call);
  const give = (call: string, keys: readonly string[]): void => {
    const folded = store.read(call);
    if (typeof folded !== 'object') throw new Error(`${call} is not there`);
    const event: CallEvent = { type: 'noted', name: 'n', data: 1, call, seq: 3, atMs: 5 };
    const after = replay([...store.history(call), event]);
    if (after) store.append(2, [event], { ...folded, call: after }, keys);
  };
  give('one', ['shared', 'own']);
  give('two', ['shared']);
  expect([store.find('own'), store.find('shared'), store.find('none')]).toEqual(['one', 'two', undefined]);
  for (const call of ['one', 'three']) {
    const seq = store.history(call).length + 1;
    append(store, seq - 1, [{ type: 'call-ended', cause: 'dropped', call, seq, atMs: 9 }]);
  }
  expect(store.read('one')).toBe('gone');
  expect([store.find('own'), store.find('shared')]).toEqual([undefined, 'two']);
});
