import { describe, expect, it } from 'vitest';
import { OrderedCollection } from '../../src/live/ordered-collection.ts';

interface Thing {
  readonly id: string;
  readonly place: number;
  readonly state?: string;
}

const thing = (place: number, state?: string): Thing => ({ id: `t${place}`, place, ...(state && { state }) });
const collection = (limit?: number): OrderedCollection<Thing> =>
  new OrderedCollection<Thing>((a, b) => a.place - b.place, limit);

describe('a collection in order', () => {
  it('keeps order when older things are read after newer ones arrived', () => {
    const things = collection();
    things.put(thing(5), thing(6));
    things.put(thing(1), thing(2));
    expect(things.items.map(({ place }) => place)).toEqual([1, 2, 5, 6]);
  });

  it('finds each thing when pages of older ones came, whatever comes after', () => {
    const things = collection();
    for (const page of [[7, 8], [4, 5], [], [1, 3]]) things.put(...page.map((place) => thing(place)));
    things.put(thing(4, 'answered'), thing(9), thing(7, 'answered'));
    const states = [1, 3, 4, 5, 7, 8, 9].map((place) => [
      things.get(`t${place}`)?.place,
      things.get(`t${place}`)?.state,
    ]);
    expect(states).toEqual(
      [1, 3, [4, 'answered'], 5, [7, 'answered'], 8, 9].map((one) => (Array.isArray(one) ? one : [one, undefined])),
    );
    things.put(thing(6), thing(0));
    expect(things.items.map(({ place }) => place)).toEqual([0, 1, 3, 4, 5, 6, 7, 8, 9]);
    expect([0, 6, 9].map((place) => things.get(`t${place}`)?.place)).toEqual([0, 6, 9]);
    things.put(thing(2), thing(3, 'again'));
    expect(things.items.map(({ place }) => place)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(things.get('t3')?.state).toBe('again');
  });

  it('replaces what it has, and holds nothing twice', () => {
    const things = collection();
    things.put(thing(1), thing(2));
    things.put(thing(1, 'answered'), thing(3));
    expect(things.items).toEqual([thing(1, 'answered'), thing(2), thing(3)]);
    expect(things.get('t1')?.state).toBe('answered');
  });

  it('lets the oldest go beyond its limit', () => {
    const things = collection(100);
    things.put(...Array.from({ length: 150 }, (_, place) => thing(place)));
    expect(things.items).toHaveLength(90);
    expect(things.items.at(-1)?.place).toBe(149);
    expect(things.get('t0')).toBeUndefined();
  });

  it('tells of many changes once', async () => {
    const things = collection();
    for (let place = 0; place < 1000; place++) things.put(thing(place));
    expect(things.version.value).toBe(0);
    await expect.poll(() => things.version.value, { interval: 5 }).toBe(1);
  });
});
