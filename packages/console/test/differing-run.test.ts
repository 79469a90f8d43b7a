import { expect, test } from 'vitest';
import { differingRun } from '../src/anatomy/differing-run.ts';

/** Both texts with the run in brackets. */
function shown(yours: string, expected: string): [string, string] {
  const { start, yoursEnd, expectedEnd } = differingRun(yours, expected);
  const bracketed = (text: string, end: number) =>
    `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`;
  return [bracketed(yours, yoursEnd), bracketed(expected, expectedEnd)];
}

test.each([
  ['a variable and its value', '/c/{{id}}:play', '/c/42:play', '/c/[{{id}}]:play', '/c/[42]:play'],
  ['one character', 'abc', 'aXc', 'a[b]c', 'a[X]c'],
  ['what is missing', 'ac', 'abc', 'a[]c', 'a[b]c'],
  ['what is missing of equal ones', 'aa', 'aaa', 'aa[]', 'aa[a]'],
  ['everything', 'abc', 'xyz', '[abc]', '[xyz]'],
  ['nothing', 'abc', 'abc', 'abc[]', 'abc[]'],
  ['one text is empty', '', 'abc', '[]', '[abc]'],
  ['characters of two code units, whole', 'a😀b', 'a😁b', 'a[😀]b', 'a[😁]b'],
  ['characters that end alike, whole', '😀', '🐀', '[😀]', '[🐀]'],
])('%s is the differing run', (_title, yours, expected, first, second) => {
  expect(shown(yours, expected)).toEqual([first, second]);
});
