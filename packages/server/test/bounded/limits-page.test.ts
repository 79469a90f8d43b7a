import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { bounds, type StoreBound } from '../../src/bounded/bounds.ts';
import { plugs } from '../../src/plugs.ts';
import { configSchema } from '../../src/config/config-schema.ts';

const source = fileURLToPath(new URL('../../src/', import.meta.url));
const page = readFileSync(new URL('../../../../docs/limits.md', import.meta.url), 'utf8');
const [stores = '', others = ''] = page.split('## What is bounded by something else');
const rowsOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(join(source, file), 'utf8') }));
const list = [bounds, ...plugs.map((plug) => plug.bounds)].flatMap((rows): [string, StoreBound][] =>
  Object.entries(rows),
);

function sizeOf({ bytes, each }: StoreBound): string {
  const size = bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MiB` : `${bytes / 1024} KiB`;
  return each ? `${size} each` : size;
}

describe('the page of limits', () => {
  test('has a row for each store, with its figures and settings', () => {
    const rows = rowsOf(stores).map(([name, , items, bytes, settings]) => [name, items, bytes, settings]);
    expect(rows).toEqual(
      list.map(([name, bound]) => [
        `\`${name}\``,
        bound.items?.toLocaleString('en-US') ?? '',
        sizeOf(bound),
        [bound.itemsSetting, bound.bytesSetting].flatMap((setting) => (setting ? [`\`${setting}\``] : [])).join(', '),
      ]),
    );
    expect(rowsOf(stores).every(([, keeps, , , , beyond]) => keeps !== '' && beyond !== '')).toBe(true);
  });

  test('says what all of them are together, which stays under 500 MB', () => {
    const bytes = list.reduce((sum, [, bound]) => sum + (bound.each ? 0 : bound.bytes), 0);
    expect(page).toContain(`are ${Math.round(bytes / 1024 / 1024)} MiB`);
    expect(bytes).toBeLessThan(500e6);
  });

  test('names every setting of the configuration, and no other', () => {
    const known = Object.keys(configSchema.properties?.['limits']?.properties ?? {});
    const named = list.flatMap(([, { itemsSetting, bytesSetting }]) => [itemsSetting, bytesSetting]);
    expect([...named, 'bodyBytes', 'mediaSeconds'].filter(Boolean).toSorted()).toEqual(known.toSorted());
    expect(page).toContain('`bodyBytes`');
    expect(page).toContain('`mediaSeconds` (3,600)');
  });

  test('lists everything else in the code that holds many things and is no store, with what bounds it', () => {
    const field = /^ {2}(?:readonly )?(#\w+)(?:: [^=\n]+)? = (?:new (?:Map|Set)\b|\[\])/gm;
    const variable = /const (\w+) = new (?:Map|Set)(?:<.*>)?\(\)/g;
    const found = files.flatMap(({ file, text }) =>
      [...text.matchAll(field), ...text.matchAll(variable)].map(([, name = '']) => `\`${file} ${name}\``),
    );
    expect(found.length).toBeGreaterThan(20);
    expect(rowsOf(others).map(([name]) => name)).toEqual(expect.arrayContaining(found));
    expect(rowsOf(others).every(([, by]) => by !== '')).toBe(true);
  });
});

test('every store of the list is one of the code', () => {
  const code = files.filter(({ file }) => !file.endsWith('/bounds.ts')).map(({ text }) => text);
  const isUsed = (name: string): boolean =>
    code.some((text) => text.includes(`'${name}'`) || text.includes(`ounds.${name}`));
  expect(list.map(([name]) => name).filter((name) => !isUsed(name))).toEqual([]);
});
