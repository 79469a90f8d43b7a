/**
 * Why: a licence such as MIT goes with every copy of the code, and the console's page is such a copy of what it bundles.
 * Which packages those are is asked of the bundler, because lists that people keep forget what comes in by others.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A Vite plugin that notes every module which the bundler puts into a chunk. */
export function moduleCollector(modules) {
  return {
    name: 'countersign:module-collector',
    generateBundle(_options, bundle) {
      for (const chunk of Object.values(bundle)) for (const id of chunk.moduleIds ?? []) modules.add(id);
    },
  };
}

/** The package that a module belongs to by its id; `undefined` for a module of this repository. */
export function packageOf(id) {
  // What bundlers write themselves, `\0vite/preload-helper.js` and `\0rolldown/runtime.js`, is code of theirs.
  const [, maker] = /^\0(vite|rolldown)\b/.exec(id) ?? [];
  const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(id) ?? [];
  if (maker ?? name) return maker ?? name;
  if (id.startsWith('\0')) throw new Error(`whose module is ${JSON.stringify(id)}? Its licence must be in the notice`);
  return undefined;
}

/** What the licence of an installed package says, and where it comes from. */
export function readLicence(root, name) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(?:\.(?:md|txt))?$/i.test(entry));
  if (!file) throw new Error(`${name} has no licence file; its licence is ${license}`);
  // Vite's goes on with the licences of what is bundled in Vite itself, of which nothing comes into a page.
  const text = readFileSync(join(folder, file), 'utf8')
    .split(/^# Licenses of bundled dependencies/m)[0]
    .trim();
  const [copyright] = /^\s*Copyright .*$/im.exec(text) ?? [];
  if (copyright === undefined) throw new Error(`the licence of ${name} has no copyright line`);
  return { name, version, license, text, copyright: copyright.trim() };
}

/** The notice that goes with a page: the licences of the packages whose modules are in it. */
export function noticeOf(root, modules) {
  const names = new Set([...modules].map(packageOf).filter((name) => name !== undefined));
  const licences = [...names].toSorted().map((name) => readLicence(root, name));
  const sections = licences.map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`);
  const head = 'This page is part of Countersign (Apache-2.0) and contains code of these packages:\n';
  return [head, ...sections].join(`\n${'-'.repeat(116)}\n`);
}

/** The packages of these modules that a notice does not name together with their copyright. */
export function unnamedIn(notice, root, modules) {
  const names = new Set([...modules].map(packageOf).filter((name) => name !== undefined));
  return [...names].filter((name) => {
    const mentioned = notice.split(/[\s,()]+/).includes(name);
    return !mentioned || !notice.includes(readLicence(root, name).copyright);
  });
}
