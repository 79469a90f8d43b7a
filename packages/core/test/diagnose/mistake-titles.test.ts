import { mistakeIds } from '@countersign/core/diagnose';
import { mistakeTitles } from '@countersign/core/mistake-titles';
import { expect, test } from 'vitest';

test('every mistake has a title of its own: one line that fits a heading, in one sentence without a period', () => {
  const titles = mistakeIds.map((id) => mistakeTitles[id]);
  expect(Object.keys(mistakeTitles).toSorted()).toEqual([...mistakeIds].toSorted());
  expect(new Set(titles).size).toBe(mistakeIds.length);
  expect(titles.filter((title) => !/^\S.{10,78}[^.\s]$/.test(title))).toEqual([]);
  expect(titles.filter((title) => /^[^A-Z]/.test(title) && !title.startsWith('http'))).toEqual([]);
});
