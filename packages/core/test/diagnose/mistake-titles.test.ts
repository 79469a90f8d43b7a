import { mistakeIds } from '@countersign/core/diagnose';
import { mistakeCauses } from '@countersign/core/mistake-causes';
import { mistakeTitles } from '@countersign/core/mistake-titles';
import { expect, test } from 'vitest';

test('every mistake has a title of its own: one line that fits a heading, in one sentence without a period', () => {
  const titles = mistakeIds.map((id) => mistakeTitles[id]);
  expect(Object.keys(mistakeTitles).toSorted()).toEqual([...mistakeIds].toSorted());
  expect(new Set(titles).size).toBe(mistakeIds.length);
  expect(titles.filter((title) => !/^\S.{10,78}[^.\s]$/.test(title))).toEqual([]);
  expect(titles.filter((title) => /^[^A-Z]/.test(title) && !title.startsWith('http'))).toEqual([]);
});

test('and a text about where it comes from: whole sentences, with no markdown but code', () => {
  expect(Object.keys(mistakeCauses).toSorted()).toEqual([...mistakeIds].toSorted());
  for (const [id, cause] of Object.entries(mistakeCauses)) {
    expect(cause, id).toMatch(/^[^\n]{40,}[.`]$/);
    expect(cause.split('`').length % 2, `${id}: every backtick has its other`).toBe(1);
    expect(cause.replace(/`[^`]*`/g, ''), id).not.toMatch(/\]\(|\*\*/);
  }
});
