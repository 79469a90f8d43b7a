import { build } from 'esbuild';

/**
 * Imports a module of a package by its path in `src`, built. What is built of the console is a page, so its modules are
 * bundled one by one.
 */
export async function builtModule(package_, module) {
  if (package_ !== 'console')
    return import(new URL(`../../packages/${package_}/dist/${module}.js`, import.meta.url).href);
  const { outputFiles } = await build({
    entryPoints: [new URL(`../../packages/console/src/${module}.ts`, import.meta.url).pathname],
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
    logLevel: 'error',
  });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}
