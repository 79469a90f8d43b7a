import { readdirSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import type { RequestRules } from '../src/request-rules.ts';

const ids = readdirSync(new URL('../src/schemes/', import.meta.url))
  .map((file) => file.replace('.ts', ''))
  .filter((id) => id !== 'catalog');

test.each(ids)('%s brings along how its parts and its date are read, for who only signs', async (id) => {
  vi.resetModules();
  const exported: object[] = Object.values(await import(`../src/schemes/${id}.ts`));
  const { parts, date } = exported.find((value): value is RequestRules => 'parts' in value) as RequestRules;
  const { readers } = await import('../src/parts/readers.ts');
  const { timestampFormats } = await import('../src/canonical/timestamp-formats.ts');
  expect(Object.keys(readers)).toEqual(expect.arrayContaining(parts.map(({ source }) => source.from)));
  expect(Object.keys(timestampFormats)).toEqual(expect.arrayContaining(date ? [date.format] : []));
});
