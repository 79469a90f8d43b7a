import { array, assert, constantFrom, integer, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BoundedLog } from '../../src/bounded/bounded-log.ts';

const logOf = (items = 5, bytes = 10): BoundedLog<string> => new BoundedLog('exchanges', { items, bytes });
const keptIn = (log: BoundedLog<string>): string[] =>
  Array.from({ length: log.last }, (_, index) => log.get(index + 1) ?? '').filter((value) => value !== '');

describe('a bounded log', () => {
  test('drops what came first, by number and by bytes, and gives no number twice', () => {
    const log = logOf();
    expect(['a', 'b', 'c', 'd', 'e', 'f'].map((value) => log.add(value, 1))).toEqual([1, 2, 3, 4, 5, 6]);
    expect([keptIn(log), log.oldest, log.last]).toEqual([['b', 'c', 'd', 'e', 'f'], 2, 6]);
    log.add('g', 8);
    expect([keptIn(log), log.bytes, log.size]).toEqual([['e', 'f', 'g'], 10, 3]);
    log.clear();
    expect([log.size, log.bytes, log.last, log.oldest, log.add('h', 1), log.get(7)]).toEqual([
      0,
      0,
      7,
      8,
      8,
      undefined,
    ]);
  });

  test('does not take what alone is more than it may hold, and drops nothing else for it', () => {
    const log = logOf();
    log.add('a', 1);
    expect([log.add('too much', 11), log.add('b', 1)]).toEqual([2, 3]);
    expect([keptIn(log), log.bytes]).toEqual([['a', 'b'], 2]);
  });

  test('drops the oldest when a later one grows, and what grows beyond all it may hold', () => {
    const log = logOf();
    for (const value of ['a', 'b', 'c']) log.add(value, 3);
    log.addWeight(2, 4);
    expect([keptIn(log), log.bytes]).toEqual([['b', 'c'], 10]);
    log.addWeight(2, 20);
    expect([keptIn(log), log.bytes]).toEqual([['c'], 3]);
    log.addWeight(1, 5);
    log.replace(3, 'd');
    log.replace(1, 'gone');
    expect([keptIn(log), log.bytes]).toEqual([['d'], 3]);
  });
});

test('whatever is done to it, it keeps what a list with the same bounds keeps', () => {
  const step = tuple(constantFrom('add', 'addWeight', 'clear', 'add', 'add'), integer({ min: 0, max: 12 }));
  assert(
    property(array(step, { maxLength: 400 }), (steps) => {
      const log = logOf(100, 150);
      let kept: { number: number; bytes: number }[] = [];
      let last = 0;
      const sum = (): number => kept.reduce((all, { bytes }) => all + bytes, 0);
      for (const [what, size] of steps) {
        if (what === 'clear' && size === 0) {
          log.clear();
          kept = [];
        } else if (what === 'addWeight') {
          const one = kept[size];
          log.addWeight(one?.number ?? 0, size);
          if (one) one.bytes += size;
        } else {
          last += 1;
          expect(log.add(`#${last}`, size)).toBe(last);
          kept.push({ number: last, bytes: size });
        }
        kept = kept.filter(({ bytes }) => bytes <= 150);
        while (kept.length > 100 || sum() > 150) kept.shift();
        expect([log.size, log.bytes, log.last]).toEqual([kept.length, sum(), last]);
        expect(log.oldest).toBe(kept[0]?.number ?? last + 1);
      }
      expect(keptIn(log)).toEqual(kept.map(({ number }) => `#${number}`));
    }),
  );
});
