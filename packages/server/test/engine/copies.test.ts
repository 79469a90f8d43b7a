import { describe, expect, it } from 'vitest';
import { extend, mapEntries, withEntry, withoutEntry } from '../../src/engine/copies.ts';

describe('copies', () => {
  it('are given members that the original keeps lacking', () => {
    const leg: { state: string; cause?: string } = { state: 'connected' };
    expect(extend(leg, { state: 'ended', cause: 'busy' })).toEqual({ state: 'ended', cause: 'busy' });
    expect(leg).toEqual({ state: 'connected' });
  });

  it('gain, replace and lose entries, in the order in which they came', () => {
    const one = withEntry<number>({}, 'a', 1);
    const two = withEntry(one, 'b', 2);
    expect(Object.entries(withEntry(two, 'a', 3))).toEqual([
      ['a', 3],
      ['b', 2],
    ]);
    expect(Object.entries(withoutEntry(two, 'a'))).toEqual([['b', 2]]);
    expect(Object.entries(two)).toEqual([
      ['a', 1],
      ['b', 2],
    ]);
  });

  it.each(['__proto__', 'constructor'])('take %s for an id like any other', (id) => {
    const record = withEntry<number>({}, id, 1);
    expect(Object.entries(record)).toEqual([[id, 1]]);
    expect(Object.keys(withoutEntry(record, id))).toEqual([]);
  });

  it('are none where no value changes', () => {
    const record = { a: 1, b: 2 };
    expect(mapEntries(record, (value) => value)).toBe(record);
    expect(Object.entries(mapEntries(record, (value) => (value === 1 ? 5 : value)))).toEqual([
      ['a', 5],
      ['b', 2],
    ]);
  });
});
