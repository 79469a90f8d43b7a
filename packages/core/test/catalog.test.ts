import { schemes } from '@countersign/core/schemes/catalog';
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

const here = (path: string): string[] => readdirSync(new URL(path, import.meta.url)).toSorted();

test('the catalog has every scheme once, under the name of its file and of its vectors', () => {
  const ids = schemes.map(({ id }) => id).toSorted();
  const files = here('../src/schemes').filter((file) => file !== 'catalog.ts');
  expect(ids).toEqual(files.map((file) => file.replace('.ts', '')).toSorted());
  expect(ids).toEqual(here('../../../vectors').filter((folder) => folder !== 'diagnosis' && folder !== 'README.md'));
});

test('each scheme of the catalog has a title of its own', () => {
  expect(new Set(schemes.map(({ title }) => title)).size).toBe(schemes.length);
});
