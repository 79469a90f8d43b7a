import { build } from 'esbuild';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { runInChromium } from '../tools/chromium.js';
import { runtimes, runtimesAreInstalled } from '../tools/runtimes.js';
import { describe } from './compare.js';

/** The race as an application would bundle it for browsers, with the digests of the web door. */
async function raceInChromium() {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { race } from './webcrypto.race.js'; globalThis.run = race;`,
      resolveDir: fileURLToPath(new URL('.', import.meta.url)),
    },
    bundle: true,
    format: 'esm',
    platform: 'browser',
    write: false,
  });
  return runInChromium(outputFiles[0].text);
}

/** The race in a runtime that takes core as it is installed, with the digests that core's imports choose there. */
async function raceIn(runtime) {
  if (!runtimesAreInstalled()) return undefined;
  const [command, ...argv] = [...runtimes[runtime], fileURLToPath(new URL('webcrypto.main.js', import.meta.url))];
  const { stdout } = await promisify(execFile)(command, argv);
  return JSON.parse(stdout);
}

const races = {
  Chromium: raceInChromium,
  Deno: () => raceIn('Deno'),
  Bun: () => raceIn('Bun'),
};

const results = {};

function row(runtime, bodyBytes, name) {
  return {
    what: `sign, ACS, body of ${name}, in ${runtime}`,
    against: 'WebCrypto composition',
    target: 1.5,
    async measure() {
      // One race serves all rows of its runtime.
      const comparisons = await (results[runtime] ??= races[runtime]());
      if (!comparisons) return { skipped: `${runtime} is not installed; npm run test:runtimes installs it` };
      const comparison = comparisons.find((result) => result.bodyBytes === bodyBytes);
      const slower = comparisons.find(({ ratio }) => ratio < 1);
      const crossover = slower
        ? `WebCrypto is faster from ${slower.bodyBytes} bytes on`
        : 'WebCrypto is faster at no size up to 32 kB';
      return { ratio: comparison.ratio, detail: `${describe(comparison)}; ${crossover}` };
    },
  };
}

export const rows = Object.keys(races).flatMap((runtime) => [
  row(runtime, 300, '300 bytes'),
  row(runtime, 1024, '1 kB'),
]);
