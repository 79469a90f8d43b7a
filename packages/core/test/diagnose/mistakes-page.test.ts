import { readFileSync, writeFileSync } from 'node:fs';
import { schemes } from '@countersign/core/schemes/catalog';
import { expect, test } from 'vitest';
import { catalog, noteCatalog } from '../../src/diagnose/catalog.ts';
import { canHit } from '../../src/diagnose/search/matrix.ts';

// The page says which class of mistakes can hit which scheme: what the search itself goes by.

const file = new URL('../../../../docs/mistakes.md', import.meta.url);
const page = readFileSync(file, 'utf8');
const rows = page
  .slice(page.indexOf('<!-- classes -->'))
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const codes = (ids: readonly string[]): string => ids.map((id) => `\`${id}\``).join(', ');

/** Which of all schemes a class can hit, in as few words as say it. */
function hit(hits: readonly string[]): string {
  const left = schemes.map(({ id }) => id).filter((id) => !hits.includes(id));
  if (left.length === 0) return 'all';
  return left.length < hits.length ? `all but ${codes(left)}` : codes(hits);
}

/** What the page says of a class, or what its file does. */
function whatItIs(id: string): string {
  const known = rows.find(([, own]) => own === id)?.[2];
  if (known !== undefined) return known;
  const name = id.replaceAll('`', '').replace('/', '-');
  const source = readFileSync(new URL(`../../src/diagnose/mistakes/${name}.ts`, import.meta.url), 'utf8');
  const before = source.slice(0, source.search(/export const \w+: (?:MistakeClass|NoteClass)/));
  const comment = before.slice(before.lastIndexOf('/**') + 3);
  return comment
    .replace(/\*\/\s*$/, '')
    .replace(/\n \* ?/g, ' ')
    .trim();
}

test('every class of mistakes has its row, with the schemes that it can hit', () => {
  const expected = catalog.map(({ id, needs }): readonly string[] => [
    `\`${id}\``,
    hit(schemes.filter((scheme) => canHit(needs, scheme)).map((scheme) => scheme.id)),
  ]);
  if (process.env['UPDATE_DOCS'] === '1') {
    const mistakeRows = expected.map(([id = '', schemesHit = '']) => `| ${id} | ${whatItIs(id)} | ${schemesHit} |`);
    const noteRows = noteCatalog.map(({ id }) => `| \`${id}\` | ${whatItIs(`\`${id}\``)} |`);
    let table = 0;
    const written = page.replace(/(?:^\| `.*\n)+/gm, () => `${(table++ === 0 ? mistakeRows : noteRows).join('\n')}\n`);
    writeFileSync(file, written);
    return;
  }
  const told = rows.map(([, id = '', , schemesHit = '']) => [id, schemesHit]);
  expect(told.slice(0, expected.length)).toEqual(expected);
});

test('and every note', () => {
  const told = rows.slice(catalog.length).map(([, id]) => id);
  expect(told).toEqual(noteCatalog.map(({ id }) => `\`${id}\``));
});
