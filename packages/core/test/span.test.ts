import { expect, test } from 'vitest';
import { spanText } from '../src/span.ts';

test.each([
  [0, '0 s'],
  [0.2, '1 s'],
  [37, '37 s'],
  [-901, '15 min 1 s'],
  [14 * 3600, '14 h'],
  [86_400, '1 day'],
  [3 * 86_400 + 7200, '3 days 2 h'],
  [406_793_662, '12 years 10 months'],
])('%d seconds read as "%s"', (seconds, text) => {
  expect(spanText(seconds)).toBe(text);
});
