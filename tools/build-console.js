/**
 * Why: the console's page is built into the server's package, so that `serve` needs neither Vite nor a second package.
 * Skipped when nothing that goes into the page is newer than the page, because the tests build before they run.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
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
}
