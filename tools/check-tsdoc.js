/**
 * Why: whoever uses a package reads its exports' TSDoc in the editor, and no linter here demands it. Every export of every
 * public entry has a comment in front of it, also one that an entry passes on from another file. Run by `npm run lint`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const declaration =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:default )?(?:class|const|function\*?|interface|type|enum|let) (\w+)/;
const passedOn = /^export (?:type )?\{([^}]*)\}(?: from '(\.[^']*)')?/gm;

/** The source files that a package's `exports` lead to. */
export function publicEntries(exports) {
  return Object.values(exports)
    .map((target) => (typeof target === 'string' ? undefined : target['countersign-source']))
    .flatMap((source) => (source === undefined ? [] : typeof source === 'string' ? [source] : Object.values(source)))
    .filter((source) => /\.tsx?$/.test(source));
}

/** The exports of the given files that have no TSDoc in front of them; `read` gives a file's text. */
export function undocumentedExports(files, read) {
  const found = new Set();
  const visit = (file, wanted) => {
    const text = read(file);
    const lines = text.split('\n');
    lines.forEach((line, at) => {
      const name = declaration.exec(line)?.[1];
      if (name === undefined || (wanted && !wanted.has(name))) return;
      const isOverload = at > 0 && lines[at - 1].includes(` function ${name}(`);
      if (!isOverload && !lines[at - 1]?.trimEnd().endsWith('*/')) found.add(`${file}: ${name} has no TSDoc`);
    });
    for (const [, list, source] of text.matchAll(passedOn)) {
      const names = list
        .split(',')
        .map((name) =>
          name
            .trim()
            .replace(/^type /, '')
            .replace(/ as .*$/, ''),
        )
        .filter((name) => name !== '' && (!wanted || wanted.has(name)));
      if (names.length > 0 && source !== undefined) visit(join(dirname(file), source), new Set(names));
    }
  };
  for (const file of files) visit(file);
  return [...found];
}

/** The files that a source stands for: itself, or all of a folder and of those in it, as Node reads a pattern. */
function filesOf(source) {
  if (!source.includes('*')) return [source];
  const folder = dirname(source);
  return readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(folder, file));
}

if (process.argv[1] === import.meta.filename) {
  const undocumented = ['core', 'server', 'gateway'].flatMap((name) => {
    const folder = join('packages', name);
    const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const files = publicEntries(exports).flatMap((source) => filesOf(join(folder, source)));
    return undocumentedExports(files, (file) => readFileSync(file, 'utf8'));
  });
  for (const violation of undocumented) console.error(violation);
  process.exitCode = undocumented.length > 0 ? 1 : 0;
}
