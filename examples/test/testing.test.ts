import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';

// Those for Vitest are run as they are (vitest.config.ts), and those for Jest by .ci/run, with an installation of its own.

const folder = fileURLToPath(new URL('../testing/', import.meta.url));

describe('the examples of tests', () => {
  test("pass under Node's own runner", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--test',
      '--test-reporter=tap',
      `${folder}node-test/reminders.test.js`,
    ]);
    expect(stdout).toMatch(/^# pass 2$/m);
    expect(stdout).toMatch(/^# fail 0$/m);
  });

  test('are run under Jest by CI, as CommonJS and as ES module', async () => {
    const ci = await readFile(new URL('../../.ci/run', import.meta.url), 'utf8');
    expect(ci).toContain('npm ci --prefix examples/testing/jest\nstep npm test --prefix examples/testing/jest\n');
    const files = await readdir(`${folder}jest`);
    expect(files.filter((file) => file.includes('.test.'))).toEqual(['reminders.test.cjs', 'reminders.test.mjs']);
  });

  test('are short enough to be read', async () => {
    const folders = ['', 'vitest/', 'node-test/', 'jest/'];
    const lists = await Promise.all(
      folders.map(async (one) => (await readdir(folder + one)).map((file) => one + file)),
    );
    const files = lists.flat().filter((file) => /\.[cm]?js$/.test(file));
    expect(files).toHaveLength(6);
    for (const file of files) {
      expect((await readFile(folder + file, 'utf8')).split('\n').length - 1, file).toBeLessThan(40);
    }
  });
});
