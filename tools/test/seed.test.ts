import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { afterEach, expect, it, vi } from 'vitest';
import { seedOfRun } from '../seed.js';

afterEach(() => void vi.unstubAllEnvs());

it('the seed of a run is the one that is asked for, or the commit’s', () => {
  vi.stubEnv('SEED', '4711');
  expect(seedOfRun()).toBe(4711);
  vi.stubEnv('SEED', '');
  const { status, stdout } = spawnSync('git', ['rev-parse', '--short=7', 'HEAD'], { encoding: 'utf8' });
  // A copy that is no checkout has no commit.
  expect(seedOfRun()).toBe(status === 0 ? Number.parseInt(stdout.slice(0, 7), 16) : 1);
});

it('property tests have it: what they try is the same in each run of a commit', () => {
  expect(fc.readConfigureGlobal().seed).toBe(Number(process.env['SEED']));
  const tried = (): number[] => {
    const numbers: number[] = [];
    fc.assert(fc.property(fc.integer(), (number) => void numbers.push(number)));
    return numbers;
  };
  expect(tried()).toEqual(tried());
});
