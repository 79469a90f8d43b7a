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

function row(runtime) {
  return {
    what: `sign, ACS, body of 300 bytes, in ${runtime}`,
    against: 'WebCrypto composition',
    target: 1,
    async measure() {
      const comparisons = await races[runtime]();
      if (!comparisons) return { skipped: `${runtime} is not installed; npm run test:runtimes installs it` };
      const [small, ...larger] = comparisons;
      // What the audited library costs shows beyond the size of most requests.
      const others = larger.slice(0, 3).map(({ bodyBytes, ratio }) => `${ratio.toFixed(2)} at ${bodyBytes} bytes`);
      return { ratio: small.ratio, detail: `${describe(small)}; ${others.join(', ')}` };
    },
  };
}

export const rows = Object.keys(races).map(row);
