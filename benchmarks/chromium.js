import packedChromium from '@sparticuz/chromium';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/**
 * Runs a module in a real Chromium (`CHROME_PATH`, or the one that comes as a package on Linux).
 *
 * @param {string} script an ES module for browsers that puts a function into `globalThis.measure`
 * @returns {Promise<unknown>} what that function resolves to
 */
export async function measureInChromium(script) {
  // The package unpacks the browser into the temporary folder, which everything on the machine shares.
  const folder = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  try {
    const executablePath = process.env.CHROME_PATH ?? (await packedChromium.executablePath());
    const browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] });
    try {
      const page = await browser.newPage();
      // WebCrypto exists in secure contexts only, and localhost is one.
      await page.route('http://localhost/', (route) =>
        route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
      );
      await page.goto('http://localhost/');
      await page.addScriptTag({ content: script, type: 'module' });
      await page.waitForFunction(() => globalThis.measure !== undefined);
      return await page.evaluate(() => globalThis.measure());
    } finally {
      await browser.close();
    }
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
    await rm(folder, { recursive: true, force: true });
  }
}
