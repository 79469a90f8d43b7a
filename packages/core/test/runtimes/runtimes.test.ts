import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { runInChromium } from '../../../../tools/chromium.js';
import { bundledConformance } from './bundle.js';
import { conformance } from './conformance.js';
import { vectorFiles } from './vector-files.js';

// The other runtimes are for `npm run test:runtimes`, which installs them.

const main = fileURLToPath(new URL('./main.js', import.meta.url));

interface Found {
  readonly checks: number;
  readonly failures: readonly string[];
}

function expectPassed({ checks, failures }: Found): void {
  expect(failures).toEqual([]);
  expect(checks).toBeGreaterThan(1000);
}

test.each([
  ['Node’s digests', []],
  ['the web’s digests', ['-C', 'countersign-web']],
])('the suite passes on Node as it is built, with %s', async (_, conditions) => {
  const { stdout } = await promisify(execFile)(process.execPath, [...conditions, main]);
  expectPassed(JSON.parse(stdout) as Found);
});

test('the suite passes in Chromium', async () => {
  expectPassed((await runInChromium(await bundledConformance('globalThis.run = result;'))) as Found);
});

test('the suite says what is wrong', async () => {
  const [file] = vectorFiles().filter(({ kind }: { kind: string }) => kind === 'sign');
  const [vector] = file.vectors;
  const wrong = { ...vector, stages: { ...vector.stages, signature: 'AAAA' } };
  const { failures } = await conformance([{ ...file, vectors: [wrong] }]);
  expect(failures).toEqual([expect.stringContaining(`${vector.id}`)]);
  expect(failures[0]).toContain('"AAAA"');
});
