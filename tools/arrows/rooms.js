/** Why: a file and a specifier mean a place in the house, and the table speaks of places. */
import { readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { arrows, listedFiles } from './table.js';

const packages = fileURLToPath(new URL('../../packages', import.meta.url));
const manifests = Object.keys(arrows).map((folder) => {
  const { name, exports = {}, imports = {} } = JSON.parse(readFileSync(join(packages, folder, 'package.json'), 'utf8'));
  return { folder, name, exports, imports };
});

/** The package's folder and the room of a file; no room where the table has none, nothing outside of every `src`. */
export function placeOf(file) {
  const [, folder, path] = /^packages\/([^/]+)\/src\/(.+)$/.exec(file) ?? [];
  return arrows[folder] && { folder, room: roomOf(folder, path) };
}

/** The room that lists the file, else the folder that it stands in. */
function roomOf(folder, path) {
  const listed = Object.entries(listedFiles[folder]);
  const isIt = (file) => withoutEnding(file) === withoutEnding(path);
  const [room] = listed.find(([, files]) => files.some(isIt)) ?? [];
  if (room !== undefined) return room;
  const isRoom = Object.hasOwn(arrows[folder], dirname(path)) && !Object.hasOwn(listedFiles[folder], dirname(path));
  return isRoom ? dirname(path) : undefined;
}

/** A worker is started as `./worker.js`, and is `worker.ts` here. */
function withoutEnding(path) {
  return path.replace(/\.[cm]?[jt]sx?$/, '');
}

/** Where an import of a file leads, in the table's words; what is no room and no package is left as it is written. */
export function targetOf(file, specifier) {
  const { folder } = placeOf(file);
  if (specifier.startsWith('.')) {
    const to = placeOf(join(dirname(file), specifier.replace(/[?#].*$/, '')));
    return to?.folder === folder && to.room !== undefined ? to.room : specifier;
  }
  if (/^[#*/]|^\w+:/.test(specifier)) return specifier;
  if (isBuiltin(specifier)) return `node:${specifier}`;
  const manifest = manifests.find(({ name }) => specifier === name || specifier.startsWith(`${name}/`));
  if (manifest === undefined) return `npm:${specifier}`;
  const source = publicSource(manifest.exports, `.${specifier.slice(manifest.name.length)}`);
  const room = source && roomOf(manifest.folder, source);
  if (room === undefined) return specifier;
  return manifest.folder === folder ? room : `${manifest.folder}:${room}`;
}

/** The source below `src` that a subpath stands for, by a package's `exports`. */
function publicSource(exports, subpath) {
  for (const [entry, target] of Object.entries(exports)) {
    const [before, after = ''] = entry.split('*');
    const isPattern = entry.includes('*') && subpath.startsWith(before) && subpath.endsWith(after);
    if (entry !== subpath && !isPattern) continue;
    const source = target['countersign-source']?.default ?? target['countersign-source'];
    return source?.replace('*', subpath.slice(before.length, subpath.length - after.length)).replace('./src/', '');
  }
}

/** Tells whether a file is a public entry of its package. */
export function publicFiles() {
  const patterns = manifests.flatMap(({ folder, exports, imports }) =>
    [...Object.values(exports), ...Object.values(imports)].flatMap(sourcesOf).map((source) => {
      const [before, after] = source.replace('./', `packages/${folder}/`).split('*');
      return (file) => (after === undefined ? file === before : file.startsWith(before) && file.endsWith(after));
    }),
  );
  return (file) => patterns.some((isEntry) => isEntry(file));
}

/** The sources that an entry stands for, whatever the condition; none where it has only types. */
function sourcesOf(target) {
  if (typeof target === 'string') return target.startsWith('./src/') ? [target] : [];
  const isTypesOnly = target.types !== undefined && target.default === undefined;
  return isTypesOnly ? [] : Object.values(target).flatMap(sourcesOf);
}
