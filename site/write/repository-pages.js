/** Why: schemas and examples that documents link to are read on the site as well, without a way to the repository. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fenced } from './markdown.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const pages = fileURLToPath(new URL('../.pages/', import.meta.url));

/** A longer file is one to keep, and none to read in a page; in bytes. */
const longestShown = 30_000;

const languages = { '.js': 'js', '.ts': 'ts', '.cjs': 'js', '.json': 'json', '.md': 'md' };

/**
 * A page of each file, and of each folder one with all files in it.
 *
 * @param {Iterable<string>} files from the repository's root
 * @returns {Map<string, string>} by path on the site
 */
export function repositoryPages(files) {
  return new Map([...files].map((file) => [`repository/${file}.md`, pageOf(file)]));
}

function pageOf(file) {
  const names = statSync(root + file).isDirectory() ? filesBelow(file) : [file];
  const isFolder = names[0] !== file;
  const head = `---\nsearch: false\naside: ${isFolder}\n---\n\n# \`${file}\`\n`;
  const sections = names.map((name) => {
    if (statSync(root + name).size > longestShown)
      return `\n## ${relative(file, name)}\n\n[The file](${asFile(name)}).\n`;
    const code = fenced(languages[extname(name)] ?? 'text', readFileSync(root + name, 'utf8').trimEnd());
    return isFolder ? `\n## ${relative(file, name)}\n\n${code}\n` : `\n${code}\n`;
  });
  return head + sections.join('');
}

/** Puts a file beside the pages, as it is; returns its address. */
function asFile(name) {
  const copy = `${pages}public/files/${name}`;
  mkdirSync(dirname(copy), { recursive: true });
  copyFileSync(root + name, copy);
  return `/files/${name}`;
}

function filesBelow(folder) {
  return readdirSync(root + folder, { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name}`)
    .filter((name) => !/node_modules|package-lock/.test(name) && statSync(root + name).isFile())
    .toSorted();
}
