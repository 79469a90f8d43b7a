/** Why: the reference of the types is written from the sources' own comments, by TypeDoc, which needs a TypeScript before 7. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application, TSConfigReader } from 'typedoc';
import { outsideCode } from './markdown.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = fileURLToPath(new URL('../.types/', import.meta.url));
const packages = ['core', 'server', 'gateway'];

/** Of modules that a pattern makes public, those that programs are written with. */
const shownOf = {
  '@countersign/core/schemes/*': ['catalog', 'acs-hmac', 'vapi'],
  '@countersign/core/requests/*': ['read-requests'],
};

/** @returns {Promise<Map<string, string>>} a page of each public module, by path on the site */
export async function typePages() {
  const modules = new Map(packages.flatMap(publicModules));
  const app = await Application.bootstrapWithPlugins(
    {
      entryPoints: [...modules.keys()],
      tsconfig: `${root}site/tsconfig.types.json`,
      plugin: ['typedoc-plugin-markdown'],
      out: folder,
      readme: 'none',
      name: 'Types',
      router: 'module',
      entryFileName: 'index',
      hidePageHeader: true,
      hideBreadcrumbs: true,
      disableSources: true,
      excludePrivate: true,
      excludeInternal: true,
      excludeExternals: true,
      useCodeBlocks: true,
      sanitizeComments: true,
      expandObjects: false,
      parametersFormat: 'table',
      interfacePropertiesFormat: 'table',
      typeDeclarationFormat: 'table',
      logLevel: process.env.TDL ?? 'Error',
      validation: false,
    },
    [new TSConfigReader()],
  );
  const entryPoints = app.getEntryPoints() ?? [];
  for (const entry of entryPoints) entry.displayName = modules.get(normalize(entry.sourceFile.fileName)) ?? '';
  const project = app.converter.convert(entryPoints);
  if (entryPoints.length !== modules.size || app.logger.hasErrors())
    throw new Error('TypeDoc could not read the packages');
  await app.generateOutputs(project);
  if (app.logger.hasErrors()) throw new Error('TypeDoc could not write the pages');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
  return new Map(names.map((name) => [`types/${name}`, readable(readFileSync(join(folder, name), 'utf8'))]));
}

/**
 * As VitePress reads it: angle brackets that begin a line within inline code would be a component to it, and it gives an
 * anchor a number only where there are two of it.
 */
function readable(text) {
  const anchors = new Set([...text.matchAll(/^#+ (\w+)/gm)].map(([, name]) => name.toLowerCase()));
  const hasTwo = (name) => [...text.matchAll(new RegExp(`^#+ ${name}\\b`, 'gim'))].length > 1;
  return outsideCode(text, (prose) => prose.replace(/([^\n])\n(?=<\w)/g, '$1 ')).replace(
    /\(#(\w+)-1\)/g,
    (link, name) => (anchors.has(name) && !hasTwo(name) ? `(#${name})` : link),
  );
}

/** A package's public modules: their names as programs import them, by source. */
function publicModules(folderName) {
  const { name, exports } = JSON.parse(readFileSync(`${root}packages/${folderName}/package.json`, 'utf8'));
  return Object.entries(exports).flatMap(([subpath, target]) => {
    const source = target['countersign-source']?.default ?? target['countersign-source'];
    if (typeof source !== 'string') return [];
    const file = join(root, 'packages', folderName, source);
    if (!file.includes('*')) return [[file, join(name, subpath)]];
    return (
      shownOf[`${name}/${subpath.slice(2)}`]?.map((one) => [
        file.replace('*', one),
        join(name, subpath.replace('*', one)),
      ]) ?? []
    );
  });
}
