/**
 * Why: what only a test imports is no part of the product, and a test that needs a door of its own tests something that
 * nobody relies on. So each exported value of server, command line and console is imported by code, or is a public entry's.
 * Run by `npm run lint`; types are left alone: they name what values are made of. Core and gateway are not held to it yet.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path/posix';
import { parseSync } from 'vite';
import { importsOf } from './arrows/imports-of.js';
import { publicFiles } from './arrows/rooms.js';

/** The exported values of modules that none of them imports: `file: name`. `read` gives a module's text. */
export function idleExports(files, read, isPublic) {
  const used = new Set();
  const exported = [];
  for (const file of files) {
    const text = read(file);
    const { module } = parseSync(file, text);
    const at = (specifier) => join(file, '..', specifier);
    for (const { moduleRequest, entries } of module.staticImports)
      for (const { importName } of entries) used.add(`${at(moduleRequest.value)} ${importName.name ?? '*'}`);
    for (const { entries } of module.staticExports) {
      for (const { moduleRequest, importName, exportName, isType } of entries) {
        if (moduleRequest) used.add(`${at(moduleRequest.value)} ${importName.name ?? '*'}`);
        if (!isType && !moduleRequest) exported.push([file, exportName.name ?? 'default']);
      }
    }
    // What is loaded when it is needed is used as a whole.
    for (const { specifier, how } of importsOf(file, text)) if (how === 'lazy') used.add(`${at(specifier)} *`);
  }
  return exported
    .filter(([file, name]) => !isPublic(file) && !used.has(`${file} ${name}`) && !used.has(`${file} *`))
    .map(([file, name]) => `${file}: ${name}`);
}

/** Values that no code imports and that stay, each with why. */
const kept = {
  'packages/server/src/control/views/control-schemas.ts: controlSchemas': 'schema/control.schema.json is made of it',
  'packages/server/src/speech/flite/speakable-text.ts: speakableText': 'one part of a text, whose cost is measured',
};

/** The modules that are held to it. */
export function houseFiles() {
  const listing = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', 'packages'];
  return execFileSync('git', listing, { encoding: 'utf8' })
    .split('\n')
    .filter((file) => /^packages\/(?:server|cli|console)\/src\/.*\.tsx?$/.test(file));
}

if (process.argv[1] === import.meta.filename) {
  const idle = idleExports(houseFiles(), (file) => readFileSync(file, 'utf8'), publicFiles());
  const wrong = [
    ...idle.filter((one) => !(one in kept)).map((one) => `${one} is exported, and no code imports it`),
    ...Object.keys(kept)
      .filter((one) => !idle.includes(one))
      .map((one) => `tools/idle-exports.js: ${one} need not be kept any more`),
  ];
  for (const one of wrong) console.error(one);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
