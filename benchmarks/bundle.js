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

/** Every scheme's id, the name that its file exports, and its kind. */
const exported = readdirSync(schemes)
  .filter((file) => file !== 'catalog.ts')
  .map((file) => {
    const text = readFileSync(new URL(file, schemes), 'utf8');
    const [, name, kind] = /^export const (\w+): (\w+)/m.exec(text) ?? [];
    return { id: file.replace('.ts', ''), name, kind };
  });

/** What an application imports to sign by one scheme, for each of them that has a shared secret. */
export const signOnly = Object.fromEntries(
  exported.filter(({ kind }) => kind === 'Scheme').map(({ id, name }) => [id, signing(id, name)]),
);

/** What an application imports to verify by one scheme, for each of them that a private key signs for. */
export const verifyOnly = Object.fromEntries(
  exported.filter(({ kind }) => kind === 'PublicKeyScheme').map(({ id, name }) => [id, verifying(id, name)]),
);

/**
 * The bounds of a bundle in bytes, gzipped, without the digests. A few schemes sort parameters, list headers or choose among
 * algorithms, and nobody but their own users carries that.
 */
export const sizeBounds = Object.fromEntries(Object.keys(signOnly).map((id) => [id, larger(id) ?? 3515]));

function larger(id) {
  return {
    'aws-sigv4': 5730,
    'azure-app-configuration': 3755,
    'azure-sas': 3720,
    'azure-storage-sharedkey': 4375,
    'azure-storage-sharedkeylite': 4245,
    'azure-table-sharedkeylite': 3870,
    // What is signed is read and written as structured fields (RFC 9651), of any component that a request may list.
    'genesys-audiohook': 9335,
    rfc9421: 9250,
    // A token is an object of its own, made and written.
    livekit: 4180,
    'messagebird-jwt': 4350,
    'messagebird-legacy': 4110,
    'plivo-v3': 3610,
    'shopify-oauth': 4105,
    'twilio-shared-key': 3670,
    'vonage-sms': 4275,
    'vonage-webhook': 4230,
  }[id];
}

function signing(id, name) {
  return `
    export { ${name} } from '@countersign/core/schemes/${id}';
    export { Secret } from '@countersign/core/secret';
    export { sign } from '@countersign/core/sign';`;
}

function verifying(id, name) {
  return `
    export { ${name} } from '@countersign/core/schemes/${id}';
    export { PublicKey } from '@countersign/core/public-key';
    export { verifyAsync } from '@countersign/core/verify-async';`;
}
