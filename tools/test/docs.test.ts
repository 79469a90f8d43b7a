import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { TEST_NUMBERS } from '../../packages/server/src/phones/test-numbers.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...['docs', 'decisions', 'vectors', 'benchmarks', 'examples/postman'].flatMap((folder) =>
    readdirSync(join(root, folder))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `${folder}/${name}`),
  ),
];

describe('the documentation', () => {
  it('lists every test number with what it does, and no other', () => {
    const text = readFileSync(join(root, 'docs/test-numbers.md'), 'utf8');
    const rows = [...text.matchAll(/^\| `([^`]+)`\s*\| (.+?)\s*\| (.+?)\s*\|$/gm)].map(([, ...cells]) => cells);
    expect(rows).toEqual(TEST_NUMBERS.map(({ number, title, description }) => [number, title, description]));
  });

  it('is right about how the command is run, also where the command and the console print it', () => {
    const folders = ['packages/cli/src', 'packages/console/src'].map((folder) => join(root, folder));
    const sources = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    );
    const wrong = sources.filter((file) => /\.tsx?$/.test(file) && /npx --no (?!-- )/.test(readFileSync(file, 'utf8')));
    expect(wrong).toEqual([]);
  });

  it.each(documents)(
    '%s runs the command by a spelling that hands on its options, --help and --version too',
    (document) => {
      // npm takes the word behind a bare --no for that option's value.
      expect(readFileSync(join(root, document), 'utf8')).not.toMatch(/npx --no (?!-- )/);
    },
  );

  it.each(documents)('%s links to files that are there', (document) => {
    const text = readFileSync(join(root, document), 'utf8').replace(/^```.*?^```$/gms, '');
    const links = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(root, dirname(document), link)))).toEqual([]);
  });
});
