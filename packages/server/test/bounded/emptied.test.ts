import { describe, expect, it } from 'vitest';
import { without, withoutItem } from '../../src/bounded/emptied.ts';

// A map that lost its last entry by `delete` has a new table, which its old one keeps alive: 12 MB of 100,000 of them.
describe('what is under way, when the last of it is over,', () => {
  it('goes on in another map or set, and the one that it leaves keeps its table', () => {
    const [map, set] = [new Map([['a', 1]]), new Set(['a'])];
    const [emptied, emptiedSet] = [without(map, 'a'), withoutItem(set, 'a')];
    expect([emptied.size, emptiedSet.size]).toEqual([0, 0]);
    expect([map.size, set.size]).toEqual([1, 1]);
  });

  it('stays where it is as long as there is more, or something else', () => {
    const map = new Map(Object.entries({ a: 1, b: 2 }));
    const set = new Set(map.keys());
    expect(without(without(map, 'a'), 'c')).toBe(map);
    expect(withoutItem(withoutItem(set, 'a'), 'c')).toBe(set);
    expect([...map.keys(), ...set]).toEqual(['b', 'b']);
  });
});
