import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Keyed } from '../../src/engine/keyed.ts';

interface Item {
  readonly id: string;
  readonly over: boolean;
  readonly value: number;
}

const isOver = ({ over }: Item): boolean => over;

describe('things with ids', () => {
  it('are found, replaced and taken out as in a map, with those that are not over apart', () => {
    const change = fc.record({ id: fc.nat(120), over: fc.boolean(), value: fc.nat(), removes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 300 }), (changes) => {
        let keyed = Keyed.of<Item>([], isOver);
        const map = new Map<string, Item>();
        for (const { id: number, removes, ...rest } of changes) {
          const item = { id: `id-${number}`, ...rest };
          if (removes) map.delete(item.id);
          else map.set(item.id, item);
          keyed = removes ? keyed.without(item.id) : keyed.with(item);
        }
        expect(keyed.toJSON()).toEqual([...map.values()]);
        expect(keyed.live.toJSON()).toEqual([...map.values()].filter(({ over }) => !over));
        for (let number = 0; number <= 120; number++)
          expect(keyed.get(`id-${number}`)).toEqual(map.get(`id-${number}`));
      }),
      { numRuns: 30 },
    );
  });

  it('are added and found with as much work among twenty thousand as among a few', () => {
    let asked = 0;
    const idOf = (value: number): string => {
      asked += 1;
      return `id-${value}`;
    };
    const count = 20_000;
    let keyed = Keyed.by<number>({ idOf, isOver: (value) => value < count - 3 });
    for (let value = 0; value < count; value++) keyed = keyed.with(value);
    // Each is compared with the few that are not in a map yet, and written into one once.
    expect(asked / count).toBeLessThan(24);
    asked = 0;
    for (const value of [0, 1, 777, 13_000, count - 1]) expect(keyed.get(`id-${value}`)).toBe(value);
    expect(keyed.get('id-none')).toBeUndefined();
    expect(asked).toBeLessThan(6 * 40);
    expect([...keyed.live]).toEqual([count - 3, count - 2, count - 1]);
  });

  it('leave earlier versions as they were, also when two go on from one', () => {
    const base = Keyed.of(Array.from({ length: 100 }, (_, value) => ({ id: `id-${value}`, over: false, value })));
    const one = base.with({ id: 'one', over: false, value: 1 });
    const other = base.with({ id: 'other', over: false, value: 2 });
    expect([base.get('one'), one.get('other'), other.get('one')]).toEqual([undefined, undefined, undefined]);
    expect([one.get('one')?.value, other.get('other')?.value]).toEqual([1, 2]);
    expect(base.without('id-7').get('id-7')).toBeUndefined();
    expect(base.get('id-7')?.value).toBe(7);
  });
});
