/**
 * Why: worker threads, the command's launcher and the console's page are run from their built files, and a test that
 * passed on yesterday's build would prove nothing. The build is incremental: it takes about a second when nothing
 * changed. Type errors are the type check's business (`npm run typecheck`): the compiler emits all the same, so the
 * tests that do not depend on the mistyped line can still speak.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const steps = [
  ['node_modules/typescript/bin/tsc', '-b'],
  ['tools/build-examples.js'],
  ['tools/build-console.js'],
] as const;

export default function setup(): void {
  // A run that a test starts, beside other tests that use what is built.
  if (process.env['VITEST_POOL_ID'] !== undefined) return;
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  for (const step of steps) {
    const { status } = spawnSync(process.execPath, step, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
    if (status !== 0) console.error(`${step.join(' ')} reported errors; testing what it made`);
  }
}
