import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { vectorFiles } from './vector-files.js';

/**
 * The conformance suite and its vectors as one module without imports, for runtimes that have no file system.
 *
 * @param {string} entry what the module does with `result`, which is what the suite found
 * @returns {Promise<string>}
 */
export async function bundledConformance(entry) {
  const contents = `
    import { conformance } from './conformance.js';
    const vectors = ${JSON.stringify(vectorFiles())};
    const result = () => conformance(vectors);
    ${entry}`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0].text;
}
