import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

// A section is loaded with the styles that its own files import. One that lives by another section's styles looks right only
// to who has been there before.

const sources = fileURLToPath(new URL('../src/', import.meta.url));
const sectionOf = /import\('(\.\/[^']+\.tsx)'\)/g;
const sections = [...readFileSync(join(sources, 'app.tsx'), 'utf8').matchAll(sectionOf)].map(([, file = '']) => file);

/** The files that come with a file: what it imports, types and what is loaded later left out. */
function loadedWith(file: string, found = new Set<string>()): Set<string> {
  if (found.has(file)) return found;
  found.add(file);
  if (file.endsWith('.css')) return found;
  const imports = readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b(?! type)[^;]*?'(\.[^']+)';/gm);
  for (const [, path = ''] of imports) loadedWith(resolve(dirname(file), path.replace(/\?.*$/, '')), found);
  return found;
}

/** The classes that a style sheet has rules for. */
function styled(file: string): Set<string> {
  const selectors =
    readFileSync(file, 'utf8')
      .replaceAll(/\/\*.*?\*\//gs, '')
      .match(/[^{};]+(?=\{)/g) ?? [];
  return new Set(
    selectors.flatMap((selector) => [...selector.matchAll(/\.([a-z][\w-]*)/g)].map(([, name = '']) => name)),
  );
}

/** The classes that a file names. */
function named(file: string): string[] {
  const attributes = readFileSync(file, 'utf8').matchAll(/\bclass=(?:"([^"]*)"|\{([^}]*(?:\$\{[^}]*\}[^}]*)*)\})/g);
  return [...attributes].flatMap(([, plain, code]) =>
    plain === undefined
      ? [...(code ?? '').matchAll(/['`]([^'`]*)['`]/g)].flatMap(([, text = '']) => text.split(/\s+/))
      : plain.split(/\s+/),
  );
}

const sheets = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css'));
const styledBy = new Map<string, string[]>();
for (const sheet of sheets) {
  const file = join(sources, sheet);
  for (const name of styled(file)) styledBy.set(name, [...(styledBy.get(name) ?? []), file]);
}

describe('the styles of the console', () => {
  it('knows its sections', () => expect(sections).toHaveLength(7));

  it.each(sections)('of %s are there when it is the first that is opened', (section) => {
    const page = loadedWith(join(sources, 'main.tsx'));
    const loaded = loadedWith(resolve(sources, section), new Set(page));
    const missing = [...loaded]
      .filter((file) => file.endsWith('.tsx') && !page.has(file))
      .flatMap((file) => named(file).map((name) => ({ file, name, sheets: styledBy.get(name) })))
      .filter(({ sheets: wanted }) => wanted && !wanted.some((sheet) => loaded.has(sheet)))
      .map(({ file, name, sheets: wanted }) => `${file.slice(sources.length)}: ${name} (${String(wanted)})`);
    expect(missing).toEqual([]);
  });
});
