import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = fileURLToPath(new URL('.', import.meta.url));

/**
 * Bundles a module for browsers, minified, as an application would.
 *
 * @param {string} source the module's text
 * @param {{ external?: string[] }} [options] imports to leave out
 * @returns {Promise<{ bytes: number, gzippedBytes: number, modules: string[], text: string }>} sizes, the files of which
 * anything is left in the bundle, and the bundle
 */
export async function bundle(source, { external = [] } = {}) {
  const { outputFiles, metafile } = await build({
    stdin: { contents: source, resolveDir: here },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    external,
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const [{ contents }] = outputFiles;
  const [{ inputs }] = Object.values(metafile.outputs);
  const modules = Object.keys(inputs).filter((path) => inputs[path].bytesInOutput > 0);
  const gzippedBytes = gzipSync(contents, { level: 9 }).length;
  return { bytes: contents.length, gzippedBytes, modules, text: new TextDecoder().decode(contents) };
}

/** What an application imports to sign for one provider. */
export const signOnly = {
  'acs-hmac': signing('acs-hmac', 'acsHmac'),
  'sinch-application': signing('sinch-application', 'sinchApplication'),
};

function signing(id, name) {
  return `
    export { ${name} } from '@countersign/core/schemes/${id}';
    export { Secret } from '@countersign/core/secret';
    export { sign } from '@countersign/core/sign';`;
}
