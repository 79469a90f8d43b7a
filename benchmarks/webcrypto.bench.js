import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { runInChromium } from '../tools/chromium.js';
import { describe } from './compare.js';

let measured;

/** One start of the browser serves all rows. */
function measure() {
  measured ??= (async () => {
    const entry = fileURLToPath(new URL('webcrypto.page.js', import.meta.url));
    const { outputFiles } = await build({
      entryPoints: [entry],
      bundle: true,
      format: 'esm',
      platform: 'browser',
      write: false,
    });
    return runInChromium(outputFiles[0].text);
  })();
  return measured;
}

function row(bodyBytes, name) {
  return {
    what: `sign, ACS, body of ${name}, in Chromium`,
    against: 'WebCrypto composition',
    target: 1.5,
    async measure() {
      const results = await measure();
      const comparison = results.find((result) => result.bodyBytes === bodyBytes);
      const slower = results.find(({ ratio }) => ratio < 1);
      const crossover = slower
        ? `WebCrypto is faster from ${slower.bodyBytes} bytes on`
        : 'WebCrypto is faster at no size up to 32 kB';
      return { ratio: comparison.ratio, detail: `${describe(comparison)}; ${crossover}` };
    },
  };
}

export const rows = [row(300, '300 bytes'), row(1024, '1 kB')];
