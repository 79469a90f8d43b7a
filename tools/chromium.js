// Why: the console's tests, the benchmarks and the conformance suite run in a real Chromium, which comes as an npm package
// and has to be unpacked first.
import packedChromium from '@sparticuz/chromium';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

/** A place of the project's own: the package's default is a folder that everything on the machine shares. */
const unpacked = fileURLToPath(new URL('../node_modules/.cache/countersign-chromium-147', import.meta.url));

const switches = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts the browser: `CHROME_PATH`, or the one that comes as a package (Linux only).
 *
 * @param {readonly string[]} [moreSwitches]
 */
export async function startBrowser(moreSwitches = []) {
  const executablePath = process.env.CHROME_PATH ?? (await unpackChromium());
  return chromium.launch({ executablePath, args: [...switches, ...moreSwitches] });
}

/**
 * Runs a module in Chromium.
 *
 * @param {string} script an ES module for browsers, without imports, that puts a function into `globalThis.run`
 * @returns {Promise<any>} what that function resolves to
 */
export async function runInChromium(script) {
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    // WebCrypto exists in secure contexts only, and localhost is one.
    await page.route('http://localhost/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
    );
    await page.goto('http://localhost/');
    await page.addScriptTag({ content: script, type: 'module' });
    await page.waitForFunction(() => globalThis.run !== undefined);
    return await page.evaluate(() => globalThis.run());
  } finally {
    await browser.close();
  }
}

/** Unpacks the browser once; several processes may want it at the same time, and whoever is first is right. */
async function unpackChromium() {
  const executable = join(unpacked, 'chromium');
  if (existsSync(executable)) return executable;
  await mkdir(join(unpacked, '..'), { recursive: true });
  const folder = await mkdtemp(`${unpacked}-`);
  const { TMPDIR } = process.env;
  process.env.TMPDIR = folder;
  try {
    await packedChromium.executablePath();
  } finally {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  }
  await rename(folder, unpacked).catch(async () => {
    if (!existsSync(executable)) throw new Error(`the browser could not be unpacked to ${unpacked}`);
    await rm(folder, { recursive: true });
  });
  return executable;
}
