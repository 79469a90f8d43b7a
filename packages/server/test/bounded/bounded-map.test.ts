import { describe, expect, test } from 'vitest';
import { array, assert, constantFrom, integer, oneof, property, tuple } from 'fast-check';
import { BoundedMap, type BoundedMapOptions } from '../../src/bounded/bounded-map.ts';

/** A map of texts that weigh their length; five entries and ten bytes at most, and as much held. */
function mapOf(options: Partial<BoundedMapOptions<string, string>> = {}): BoundedMap<string, string> {
  const bound = { items: 5, bytes: 10 };
  return new BoundedMap('exchanges', {
    weigh: (value: string) => value.length,
    held: 'live-calls',
    bound,
    heldBound: bound,
    ...options,
  });
}

const keysOf = (map: BoundedMap<string, string>): string[] => [...map.keys()];

describe('a bounded map', () => {
  test('drops what came first, by number and by bytes', () => {
    const map = mapOf();
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) map.set(key, 'x');
    expect(keysOf(map)).toEqual(['b', 'c', 'd', 'e', 'f']);
    map.set('g', 'x'.repeat(8));
    expect([keysOf(map), map.bytes]).toEqual([['e', 'f', 'g'], 10]);
  });

  test('keeps what was used last, if that is its order', () => {
    const map = mapOf({ order: 'use', bound: { items: 2, bytes: 10 } });
    map.set('a', 'x');
    map.set('b', 'x');
    map.get('a');
    map.set('c', 'x');
    expect(keysOf(map)).toEqual(['a', 'c']);
    map.set('a', 'y');
    map.set('d', 'x');
    expect([keysOf(map), map.get('a')]).toEqual([['a', 'd'], 'y']);
  });

  test('does not take what alone is more than it may hold, and drops nothing else for it', () => {
    const map = mapOf({ tombstones: 1 });
    map.set('a', 'x');
    expect(map.set('big', 'x'.repeat(11))).toBe(false);
    expect([keysOf(map), map.wasDropped('big')]).toEqual([['a'], true]);
  });

  test('weighs an entry again that has grown', () => {
    const grown = { text: 'x' };
    const map = new BoundedMap<string, { text: string }>('exchanges', {
      weigh: ({ text }) => text.length,
      bound: { bytes: 10 },
    });
    map.set('old', { text: 'xxxx' });
    map.set('grown', grown);
    grown.text = 'x'.repeat(7);
    expect(map.reweigh('grown')).toBe(true);
    expect([[...map.keys()], map.bytes]).toEqual([['grown'], 7]);
    grown.text = 'x'.repeat(11);
    expect(map.reweigh('grown')).toBe(false);
    expect([map.size, map.bytes]).toEqual([0, 0]);
  });

  test('tells what was dropped from what never was, as far back as it may', () => {
    const map = mapOf({ tombstones: 2, bound: { items: 1, bytes: 10 } });
    for (const key of ['a', 'b', 'c', 'd']) map.set(key, 'x');
    expect(['a', 'b', 'c', 'd', 'never'].map((key) => map.wasDropped(key))).toEqual([false, true, true, false, false]);
    map.set('c', 'x');
    expect([map.wasDropped('c'), map.wasDropped('d')]).toEqual([false, true]);
    map.set('e', 'x');
    expect(['b', 'c', 'd'].map((key) => map.wasDropped(key))).toEqual([false, true, true]);
  });

  test('what is deleted was never there', () => {
    const map = mapOf({ tombstones: 5 });
    map.set('a', 'x');
    expect([map.delete('a'), map.delete('a'), map.wasDropped('a'), map.size]).toEqual([true, false, false, 0]);
  });
});

describe('what is held', () => {
  test('is never dropped, and what has no room beside it is refused and changes nothing', () => {
    const map = mapOf();
    expect(map.hold('live', 'x'.repeat(8))).toBe(true);
    expect(map.hold('more', 'xxx')).toBe(false);
    expect(map.hold('live', 'x')).toBe(false);
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) map.set(key, 'xx');
    expect(keysOf(map)).toEqual(['live', 'b', 'c', 'd', 'e', 'f']);
    expect([map.heldBytes, map.bytes, map.held]).toEqual([8, 10, 1]);
  });

  test('is dropped in the order of its release', () => {
    const map = mapOf({ bound: { items: 2, bytes: 10 } });
    for (const key of ['a', 'b', 'c']) map.hold(key, 'x');
    for (const key of ['c', 'a', 'b']) map.release(key);
    expect(keysOf(map)).toEqual(['a', 'b']);
  });

  test('can be held again while it is kept', () => {
    const map = mapOf();
    map.hold('a', 'xxxx');
    map.release('a');
    expect([map.holdAgain('a'), map.isHeld('a'), map.bytes, map.heldBytes]).toEqual([true, true, 0, 4]);
    map.set('b', 'x'.repeat(7));
    expect([map.holdAgain('b'), map.holdAgain('none')]).toEqual([false, false]);
  });

  test('that grows beyond its bound stays, and says so', () => {
    const map = mapOf();
    map.hold('a', 'x');
    map.set('a', 'x'.repeat(11));
    expect([map.isHeld('a'), map.isOverHeldBytes]).toEqual([true, true]);
    map.clear();
    expect(keysOf(map)).toEqual(['a']);
  });
});

test('whatever is done to it, it is within its bounds and its sums are right', () => {
  const key = constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
  const length = integer({ min: 0, max: 6 });
  const step = oneof(
    tuple(constantFrom('set', 'hold'), key, length),
    tuple(constantFrom('release', 'holdAgain', 'delete', 'get', 'dropOldest', 'clear'), key, length),
  );
  assert(
    property(array(step, { maxLength: 60 }), constantFrom('insertion', 'use'), (steps, order) => {
      const map = mapOf({ order: order as 'use', tombstones: 3 });
      for (const [what, at, size] of steps) {
        // A held entry may outgrow its bound by being set; that is tested above.
        if (what === 'set' && !map.isHeld(at)) map.set(at, 'x'.repeat(size));
        else if (what === 'hold') map.hold(at, 'x'.repeat(size));
        else if (what === 'dropOldest' || what === 'clear') map[what]();
        else if (what !== 'set') map[what as 'release'](at);
        const all = keysOf(map);
        const held = all.filter((one) => map.isHeld(one));
        const bytes = (keys: string[]) => keys.reduce((sum, one) => sum + (map.get(one)?.length ?? 0), 0);
        expect([map.held, map.heldBytes]).toEqual([held.length, bytes(held)]);
        expect(map.bytes).toBe(bytes(all.filter((one) => !map.isHeld(one))));
        expect(Math.max(map.bytes, map.heldBytes)).toBeLessThanOrEqual(10);
        expect(Math.max(map.held, map.size - map.held)).toBeLessThanOrEqual(5);
        expect(all.some((one) => map.wasDropped(one))).toBe(false);
      }
    }),
    { numRuns: 300 },
  );
});
