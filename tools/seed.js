/**
 * Why: property tests and the fuzzer try what chance gives them. By the commit a seed is a new one with every change, and the
 * same one whenever that change is tested: a commit passes, or it does not.
 */
import { execFileSync } from 'node:child_process';

/** The seed of a run: SEED where it is set, else that of the commit, else (in a copy that is no checkout) 1. */
export function seedOfRun() {
  if (process.env.SEED) return Number(process.env.SEED);
  const cwd = new URL('../', import.meta.url);
  try {
    const commit = execFileSync('git', ['rev-parse', 'HEAD'], { cwd, encoding: 'utf8', stdio: 'pipe' });
    return Number.parseInt(commit.slice(0, 7), 16);
  } catch {
    return 1;
  }
}
