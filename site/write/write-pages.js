/** Why: VitePress reads one folder, and the pages come from five places. */
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { documentPages } from './document-pages.js';
import { mistakePages, withExamples } from './mistake-pages.js';
import { linkPages } from './page-links.js';
import { repositoryPages } from './repository-pages.js';
import { schemePages } from './scheme-pages.js';
import { typePages } from './type-pages.js';

const folder = fileURLToPath(new URL('../.pages/', import.meta.url));

/** Writes every page anew; returns how many there are. */
export async function writePages() {
  rmSync(folder, { recursive: true, force: true });
  const pages = new Map([...documentPages(), ...schemePages(), ...mistakePages()]);
  const start = pages.get('index.md');
  pages.set('index.md', { ...start, text: withExamples(start.text) });
  const { linked, wanted } = linkPages(pages);
  const all = new Map([...linked, ...repositoryPages(wanted), ...(await typePages())]);
  for (const [path, text] of all) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  cpSync(fileURLToPath(new URL('../public/', import.meta.url)), join(folder, 'public'), { recursive: true });
  return all.size;
}
