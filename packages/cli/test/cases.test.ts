import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { outputPattern, readCases } from './cases.ts';
import { runCommand } from './run-command.ts';
import { expectSchema } from './schemas.ts';

// `npm test` takes two of three cases, `npm run test:matrix` all of them.
const cases = readCases().filter((_, at) => process.env['MATRIX'] === 'all' || at % 3 === 0);

// Each case is a text file that needs no knowledge of this code: see cases/README.md. Some start many programs, and several
// cases run at a time.
describe.concurrent('the command, run as people run it', { timeout: 300_000 }, () => {
  test.for(cases)('$file: $title', async (given, { expect: expectHere }) => {
    const cwd = await mkdtemp(join(tmpdir(), 'countersign-case-'));
    try {
      for (const [name, content] of Object.entries(given.files)) await writeFile(join(cwd, name), content);
      const { exit, stdout, stderr } = await runCommand(given.command, {
        cwd,
        env: given.environment,
        stdin: given.stdin,
      });
      expectHere({ exit, stderr, stdout }).toMatchObject({
        exit: given.exit,
        ...(given.stdout !== undefined && { stdout: expect.stringMatching(outputPattern(given.stdout)) as string }),
        ...(given.stderr !== undefined && { stderr: expect.stringMatching(outputPattern(given.stderr)) as string }),
      });
      if (given.json !== undefined) expectHere(JSON.parse(stdout)).toMatchObject(given.json as object);
      if (given.schema !== undefined) await expectSchema(given.schema, JSON.parse(stdout));
    } finally {
      await rm(cwd, { recursive: true });
    }
  });
});
