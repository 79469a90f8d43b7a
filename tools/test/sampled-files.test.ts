import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { leftOut, sampledFiles } from '../sampled-files.js';

const root = new URL('../../', import.meta.url);

test('each file that npm test leaves out is there, so that npm run test:matrix runs it', () => {
  expect(leftOut.filter((file) => !existsSync(new URL(file, root)))).toEqual([]);
});

test('a suite finds the files that ask for it', () => {
  expect(sampledFiles('MATRIX')).toEqual(
    expect.arrayContaining([
      'packages/core/test/diagnose/classes.test.ts',
      'packages/cli/test/probe/holes.test.ts',
      'benchmarks/test/bundle.test.ts',
    ]),
  );
  expect(sampledFiles('MATRIX')).not.toContain('packages/core/test/verify.test.ts');
  expect(sampledFiles('LANGUAGES')).toEqual(
    expect.arrayContaining(['tools/test/languages.test.ts', 'tools/test/receivers.test.ts']),
  );
});
