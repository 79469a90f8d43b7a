/**
 * Why: a test that was skipped has shown nothing, and a line that says "1 skipped" does not say what. This reporter names
 * each one; with `SKIPS_FAIL=1`, as `.ci/run` sets it, they count as failures.
 */
import type { Reporter, TestModule } from 'vitest/node';

export default class SkippedTests implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    if (process.env['MATRIX'] !== 'all')
      console.log('Left to `npm run test:matrix`: further variations of what is diagnosed.');
    if (process.env['SERVICES'] !== 'all')
      console.log(
        'Left to `npm run test:services`: Redis, Postgres, SQLite, nginx, HAProxy and Caddy; here claims are kept in process.',
      );
    if (process.env['PEERS'] !== 'all')
      console.log("Left to `npm run test:peers`: the providers' own packages, which it installs.");
    if (process.env['SITE'] !== 'all')
      console.log('Left to `npm run test:site`: the documentation site, which it builds.');
    const skipped = modules.flatMap((module) =>
      [...module.children.allTests('skipped')].map((test) => `${module.relativeModuleId}: ${test.fullName}`),
    );
    if (skipped.length === 0) return;
    const fails = process.env['SKIPS_FAIL'] === '1';
    console.log(`${fails ? 'Skipped, which counts as a failure here' : 'Skipped'}:`);
    for (const name of skipped) console.log(`  ${name}`);
    if (fails) process.exitCode = 1;
  }
}
