import { expect, test } from 'vitest';
import { milliseconds, type Duration } from '../../src/control/duration.ts';

test.each([
  ['250ms', 250],
  ['10s', 10_000],
  ['1.5m', 90_000],
  ['2h', 7_200_000],
  [5, 5],
] as const)('%s are %i milliseconds', (duration, ms) => {
  expect(milliseconds(duration)).toBe(ms);
});

let deep: unknown = [];
for (let depth = 0; depth < 12_000; depth += 1) deep = [deep];

test.each([
  ['nested deeper than a function can follow', deep, 'an array'],
  ['a big number', 10n, '10'],
  ['an object that is no text', { toString: 1, valueOf: 1 }, 'an object'],
  ['very long', 'x'.repeat(1_000_000), `"${'x'.repeat(60)}…"`],
  ['without a unit', '5', '"5"'],
])('what is no duration is told in a short sentence: %s', (_, duration, shown) => {
  expect(() => milliseconds(duration as Duration)).toThrow(
    new TypeError(`a duration is milliseconds or "250ms", "10s", "1.5m", "2h", not ${shown}`),
  );
});
