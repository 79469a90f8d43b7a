import { expect, test } from 'vitest';
import { differenceLines } from '../src/output/difference-lines.ts';

const labels = ['yours', 'expected'] as const;

test('two short texts stand one above the other, a caret under their first difference', () => {
  expect(differenceLines(labels, ['/a/{{id}}:play', '/a/401f:play'])).toEqual([
    'yours     /a/{{id}}:play',
    'expected  /a/401f:play',
    '             ^',
  ]);
});

test('a text that ends early differs where it ends', () => {
  expect(differenceLines(labels, ['POST', 'POST\\n'])).toEqual([
    'yours     POST',
    'expected  POST\\n',
    '              ^',
  ]);
});

test('long texts are cut to what stands around the difference, and the caret still points at it', () => {
  const [one, other, caret] = differenceLines(labels, [
    `${'a'.repeat(300)}X${'b'.repeat(300)}`,
    `${'a'.repeat(300)}Y${'b'.repeat(300)}`,
  ]);
  expect(one?.length).toBeLessThan(120);
  const at = caret?.indexOf('^') ?? -1;
  expect([one?.[at], other?.[at]]).toEqual(['X', 'Y']);
});

test('equal texts have no caret', () => {
  expect(differenceLines(labels, ['same', 'same'])).toHaveLength(2);
});
