import { build } from 'esbuild';
import { readdirSync, readFileSync } from 'node:fs';
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

const schemes = new URL('../packages/core/src/schemes/', import.meta.url);

/** What an application imports to sign by one scheme, for each of them. */
export const signOnly = Object.fromEntries(
  readdirSync(schemes)
    .filter((file) => file !== 'catalog.ts')
    .map((file) => {
      const [, name] = /^export const (\w+): Scheme/m.exec(readFileSync(new URL(file, schemes), 'utf8')) ?? [];
      const id = file.replace('.ts', '');
      return [id, signing(id, name)];
    }),
);

/**
 * The bounds of a bundle in bytes, gzipped, without the digests. A few schemes sort parameters, list headers or choose among
 * algorithms, and nobody but their own users carries that.
 */
export const sizeBounds = Object.fromEntries(Object.keys(signOnly).map((id) => [id, larger(id) ?? 3500]));

function larger(id) {
  return {
    'aws-sigv4': 5800,
    bird: 3550,
    'plivo-v1': 3560,
    'sinch-application': 3530,
    'sinch-voice-v2': 3530,
    twilio: 3540,
    'twilio-json': 3530,
    'vipps-mobilepay': 3510,
    'azure-app-configuration': 3770,
    'azure-sas': 3750,
    'azure-storage-sharedkey': 4420,
    'azure-table-sharedkeylite': 3900,
    // What is signed is read and written as structured fields (RFC 9651), of any component that a request may list.
    'genesys-audiohook': 9400,
    rfc9421: 9300,
    // A token is an object of its own, made and written.
    livekit: 4100,
    'messagebird-jwt': 4260,
    'messagebird-legacy': 4160,
    'plivo-v3': 3660,
    'shopify-oauth': 4150,
    'twilio-shared-key': 3730,
    'vonage-sms': 4310,
    'vonage-webhook': 4150,
  }[id];
}

function signing(id, name) {
  return `
    export { ${name} } from '@countersign/core/schemes/${id}';
    export { Secret } from '@countersign/core/secret';
    export { sign } from '@countersign/core/sign';`;
}
