import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { ByteBudget } from '../../src/bounded/byte-budget.ts';
import { beginningOfText } from '../../src/bounded/own-text.ts';
import { textBytes, weightOf } from '../../src/bounded/weight.ts';

test('text weighs at least what V8 takes for it', () => {
  expect(textBytes('x'.repeat(1000))).toBeGreaterThanOrEqual(1000);
  expect(textBytes('語'.repeat(1000))).toBeGreaterThanOrEqual(2000);
});

test('data weighs at least its texts and bytes, however deep they are', () => {
  let deep: unknown = {
    text: 'x'.repeat(1000),
    bytes: new Uint8Array(1000),
    list: ['y'.repeat(1000), undefined, null],
  };
  for (let level = 0; level < 100_000; level += 1) deep = { deep };
  const weight = weightOf(deep);
  expect(weight).toBeGreaterThan(3_000);
  expect(weight).toBeLessThan(3_000 + 100_001 * 64);
});

test('the beginning of a text does not keep the rest of it in memory', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const used = (): number => {
    collect();
    return getHeapStatistics().used_heap_size;
  };
  const before = used();
  const kept = Array.from({ length: 100 }, (_, n) => beginningOfText(`${n}`.padEnd(1_000_000, 'x'), 500));
  expect(used() - before).toBeLessThan(50_000_000);
  expect(kept[7]).toBe('7'.padEnd(500, 'x'));
  expect(beginningOfText('kurz', 500)).toBe('kurz');
});

test('what many share is given out up to the budget, and can be given back', () => {
  const budget = new ByteBudget('answers-under-way', 10);
  expect([budget.take(6), budget.take(5), budget.taken]).toEqual([true, false, 6]);
  budget.giveBack(6);
  expect([budget.take(10), budget.taken]).toEqual([true, 10]);
});
