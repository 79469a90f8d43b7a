/**
 * Why: an import that nobody wanted is how a house loses its shape, and a list of what is forbidden forgets most of it. So
 * each room says what it may import (`arrows/table.js`), and all else is refused: also an arrow that nothing needs any
 * more. Run by `npm run lint`.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { importsOf } from './arrows/imports-of.js';
import { placeOf, targetOf } from './arrows/rooms.js';
import { arrows } from './arrows/table.js';

/** The imports of a file that no arrow of its room allows; `used` is told which arrows allow the others. */
export function refusedImports(file, text, used = () => {}) {
  const { folder, room } = placeOf(file) ?? {};
  if (room === undefined) return [`${file}: neither this file nor its folder has a row in tools/arrows/table.js`];
  return importsOf(file, text).flatMap(({ specifier, how }) => {
    const target = targetOf(file, specifier);
    if (target === room) return [];
    const arrow = arrows[folder][room].find((one) => one.replace(/^(?:lazy|type) /, '') === target);
    if (arrow !== undefined && allows(arrow, how)) {
      used(nameOf(folder, room, arrow));
      return [];
    }
    const only = arrow === undefined ? '' : `, only \`${arrow}\``;
    return [`${file}: ${specifier}: ${folder}/${room} has no arrow to ${target}${only} (tools/arrows/table.js)`];
  });
}

function allows(arrow, how) {
  if (arrow.startsWith('type ')) return how === 'type';
  return how !== 'static' || !arrow.startsWith('lazy ');
}

function nameOf(folder, room, arrow) {
  return `${folder}/${room} ─▶ ${arrow}`;
}

/** What is wrong in these files, and the arrows of the table that none of them needs; `read` gives a file's text. */
export function arrowViolations(files, read) {
  const used = new Set();
  const refused = files.flatMap((file) => refusedImports(file, read(file), (arrow) => used.add(arrow)));
  const names = Object.entries(arrows).flatMap(([folder, rooms]) =>
    Object.entries(rooms).flatMap(([room, all]) => all.map((arrow) => nameOf(folder, room, arrow))),
  );
  const idle = names.filter((name) => !used.has(name));
  return [...refused, ...idle.map((name) => `tools/arrows/table.js: nothing needs ${name}`)];
}

if (process.argv[1] === import.meta.filename) {
  const listing = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', 'packages'];
  const files = execFileSync('git', listing, { encoding: 'utf8' })
    .split('\n')
    .filter((file) => /^packages\/[^/]+\/src\/.*\.[cm]?[jt]sx?$/.test(file));
  const violations = arrowViolations(files, (file) => readFileSync(file, 'utf8'));
  for (const violation of violations) console.error(violation);
  process.exitCode = violations.length > 0 ? 1 : 0;
}
