/** Why: the documents of the repository are the site's pages, but for their place and what only a repository needs. */
import { everyScheme } from '@countersign/core/schemes/catalog';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { frontMatter } from './markdown.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Documents that stand elsewhere on the site; all others keep their place below `docs/`. */
const moved = {
  'mistakes.md': 'mistakes/index.md',
  'schemes.md': 'schemes/index.md',
  'recipes/README.md': 'recipes/index.md',
};

/** Documents that stand elsewhere in the repository, and that others link to. */
const further = { 'benchmarks/README.md': 'benchmarks.md' };

/**
 * A page before its links are made those of the site.
 *
 * @typedef {object} Page
 * @property {string} text markdown
 * @property {string} [source] the file that it was written from, from the repository's root: what its links are relative to
 */

/**
 * Every page that somebody wrote: the documents, and those that are the site's alone (`site/pages`).
 *
 * @returns {Map<string, Page>} by path on the site
 */
export function documentPages() {
  const pages = new Map();
  for (const name of markdownIn('docs')) pages.set(moved[name] ?? name, documentOf(`docs/${name}`));
  for (const [source, name] of Object.entries(further)) pages.set(name, documentOf(source));
  for (const name of markdownIn('site/pages')) pages.set(name, documentOf(`site/pages/${name}`));
  return pages;
}

function markdownIn(folder) {
  const names = readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.md')).toSorted();
}

/** @returns {Page} */
function documentOf(source) {
  const written = withoutComments(readFileSync(root + source, 'utf8'));
  const text = written.replace(/^\[readme: (.+)\]$/gm, (_, heading) => readmeSection(heading));
  return { source, text: withDescription(source === 'docs/schemes.md' ? withSchemePages(text) : text) };
}

/** The list of schemes, each with a link to its page. */
function withSchemePages(text) {
  const ids = new Set(everyScheme.map(({ id }) => id));
  return text.replace(/^\| `([a-z0-9-]+)`( *)/gm, (row, id, rest) =>
    ids.has(id) ? `| [\`${id}\`](/schemes/${id}.md)${rest}` : row,
  );
}

/** With the first sentences as what search engines show of it, where the page does not say so itself. */
function withDescription(text) {
  if (text.startsWith('---\n')) return text;
  const paragraph = text.split('\n\n').find((block) => /^[\p{L}_`[]/u.test(block)) ?? '';
  const [, title = ''] = /^# (.*)$/m.exec(text) ?? [];
  const words = `${title}. ${paragraph}`
    .replace(/\]\([^)]*\)/g, '')
    .replace(/[`_[\]*]/g, '')
    .replace(/\s+/g, ' ');
  const short = words.length <= 160 ? words : `${words.slice(0, 160).replace(/\s\S*$/, '')}…`;
  // A table of many columns wants the whole page.
  const isWide = /^(?:\| -+ (?=(?:\| -+ ){5})|\|(?: ?-+ ?\|){6})/m.test(text);
  return frontMatter({ description: short, ...(isWide && { aside: false, pageClass: 'wide-page' }) }) + text;
}

/** Comments are for who writes and for tests; Vue would keep them. */
function withoutComments(text) {
  return text.replace(/^<!-- .* -->\n+/gm, '');
}

/** The text below a heading of the README: its programs and commands are run by the tests. */
function readmeSection(heading) {
  const readme = readFileSync(`${root}README.md`, 'utf8');
  const [, section] = readme.split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`README.md has no heading "${heading}", which a page of the site shows`);
  // Links of the README are relative to the root, those of the page to its own folder.
  return section
    .split(/\n## /)[0]
    .trim()
    .replaceAll(/\]\((?!https?:|#)/g, '](../../');
}
