import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { leftOut, sampledFiles } from '../matrix-files.js';

const root = new URL('../../', import.meta.url);

test('each file that npm test leaves out is there, so that npm run test:matrix runs it', () => {
  expect(leftOut.filter((file) => !existsSync(new URL(file, root)))).toEqual([]);
});

test('npm run test:matrix finds the files that ask whether to run everything', () => {
  const sampled = sampledFiles();
  expect(sampled).toContain('packages/core/test/diagnose/classes.test.ts');
  expect(sampled).toContain('packages/cli/test/probe/holes.test.ts');
  expect(sampled).toContain('benchmarks/test/bundle.test.ts');
  expect(sampled).not.toContain('packages/core/test/verify.test.ts');
});
