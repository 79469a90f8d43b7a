/**
 * Why: the console's page is built into the server's package, so that `serve` needs neither Vite nor a second package.
 * Its files are compressed here, once and well, rather than by every server that starts.
 * Skipped when nothing that goes into the page is newer than the page, because the tests build before they run.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const inputs = [
  'packages/console/src',
  'packages/console/index.html',
  'packages/console/vite.config.ts',
  'packages/core/src',
];
const page = join(root, 'packages/server/dist/console/index.html');

function newestMs(path) {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newestMs(join(path, name))));
}

const newestInput = Math.max(...inputs.map((input) => newestMs(join(root, input))));
if (newestMs(page) < newestInput) {
  await build({ configFile: join(root, 'packages/console/vite.config.ts'), logLevel: 'warn' });
  for (const name of readdirSync(dirname(page), { recursive: true })) {
    const file = join(dirname(page), name);
    if (/\.(?:html|js|css|svg)$/.test(name)) writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file)));
  }
}
