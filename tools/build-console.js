/**
 * Why: the console's page is built into the server's package, so that `serve` needs neither Vite nor a second package.
 * Its files are compressed here, once and well, rather than by every server that starts.
 * The licences of what was bundled go with it, as a file of the page; the list of bundled modules stays beside the build.
 * Skipped when nothing that goes into the page is newer than the page, because the tests build before they run.
 */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';
import { moduleCollector, noticeOf } from './bundled-packages.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const inputs = [
  'packages/console/src',
  'packages/console/index.html',
  'packages/console/vite.config.ts',
  'packages/core/src',
  'tools/build-console.js',
  'tools/bundled-packages.js',
  'package-lock.json',
];
/** What the tests compare the notices with; not published. */
const moduleList = join(root, 'packages/console/dist/bundled-modules.json');
const page = join(root, 'packages/server/dist/console/index.html');

function newestMs(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

const newestInput = Math.max(...inputs.map((input) => newestMs(join(root, input))));
if (newestMs(page) < newestInput || newestMs(moduleList) === 0) {
  const modules = new Set();
  // Else the page would be a development build, with the paths of this machine in it, whenever a test runner starts this.
  process.env.NODE_ENV = 'production';
  await build({
    configFile: join(root, 'packages/console/vite.config.ts'),
    logLevel: 'warn',
    plugins: [moduleCollector(modules)],
    worker: { plugins: () => [moduleCollector(modules)] },
  });
  writeFileSync(join(dirname(page), 'NOTICE.txt'), noticeOf(root, modules));
  mkdirSync(dirname(moduleList), { recursive: true });
  writeFileSync(moduleList, JSON.stringify([...modules].toSorted()));
  for (const name of readdirSync(dirname(page), { recursive: true })) {
    const file = join(dirname(page), name);
    if (/\.(?:html|js|css|svg|txt)$/.test(name)) writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
  }
}
