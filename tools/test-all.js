// Why: what `npm test` has a sample of runs whole, a suite at a time; a skipped test fails.
// Usage: node tools/test-all.js MATRIX|LANGUAGES|SERVICES [further files or folders]
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { leftOut, sampledFiles } from './sampled-files.js';

const [variable, ...further] = process.argv.slice(2);
const files = [...sampledFiles(variable), ...(variable === 'MATRIX' ? leftOut : []), ...further];
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', ...files], {
  stdio: 'inherit',
  cwd: new URL('../', import.meta.url),
  env: { ...process.env, [variable]: 'all', SKIPS_FAIL: '1' },
});
process.exitCode = status ?? 1;
