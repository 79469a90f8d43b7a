// The console's page in Chromium, with as many requests as a server keeps when it is told to.
import { startBrowser } from '../tools/chromium.js';
import { quantile } from './quantile.js';
import { startProcess } from './start-process.js';

const kept = 100_000;
const firstRowsMs = 1000;
const frameMs = 50;
/** How far a turn of the wheel goes, and how many there are. */
const wheel = { pixels: 5_000, turns: 120 };

let measured;

/** Both rows are read off one run. */
function measure() {
  measured ??= run();
  return measured;
}

async function run() {
  const [server, requester] = [startProcess('countersign'), startProcess('requester')];
  let browser;
  try {
    const limits = { exchanges: kept, exchangeBytes: 1e9 };
    const { port } = await server.ask('start', { limits });
    const path = '/calling/callConnections/none?api-version=2024-04-15';
    const batch = Array.from({ length: 1_000 }, () => ({ method: 'GET', path }));
    for (let sent = 0; sent < kept; sent += batch.length) {
      await requester.ask('send', { port, requests: batch, connections: 32, status: 404 });
    }
    browser = await startBrowser();
    const address = `http://127.0.0.1:${port}/#/requests`;
    // The first page reads the files of the browser and of the server, which others have in memory.
    await firstRows(browser, address);
    const { page, rowsMs } = await firstRows(browser, address);
    await page.getByText('Live', { exact: true }).waitFor({ timeout: 60_000 });
    const readMs = await page.evaluate(() => performance.now());
    const tasksMs = await scrolled(page);
    return { rowsMs, readMs, tasksMs };
  } finally {
    await browser?.close();
    await Promise.all([server, requester].map((process) => process.stop()));
  }
}

/** Opens the page; when the first rows had been drawn, in milliseconds since it was asked for. */
async function firstRows(browser, address) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 860 } })).newPage();
  await page.goto(address, { waitUntil: 'commit' });
  await page.locator('.virtual-list li').first().waitFor();
  const rowsMs = await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))),
  );
  return { page, rowsMs };
}

/** Turns the wheel over the list; how long each task of the page's main thread took, in milliseconds, by Chromium's trace. */
async function scrolled(page) {
  const session = await page.context().newCDPSession(page);
  const events = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  const traceConfig = {
    includedCategories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
  };
  await page.locator('.virtual-list').hover();
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig });
  const before = await page.locator('.virtual-list').evaluate(({ scrollTop }) => scrollTop);
  for (let turn = 0; turn < wheel.turns; turn++) {
    await page.mouse.wheel(0, wheel.pixels);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  const after = await page.locator('.virtual-list').evaluate(({ scrollTop }) => scrollTop);
  await session.send('Tracing.end');
  await complete;
  if (after - before < (wheel.pixels * wheel.turns) / 2)
    throw new Error(`the list went from ${before} to ${after} only`);
  const main = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const isMain = new Set(main.map(({ pid, tid }) => `${pid} ${tid}`));
  const tasks = events.filter(({ name, pid, tid }) => name.endsWith('RunTask') && isMain.has(`${pid} ${tid}`));
  if (tasks.length < wheel.turns) throw new Error(`the trace has ${tasks.length} tasks of the page's main thread only`);
  // Of the processor, where it is known: what other programs take is no fault of the page.
  return tasks.map(({ dur = 0, tdur = dur }) => tdur / 1000);
}

export const rows = [
  {
    what: `console with ${kept} requests, until the first rows are drawn`,
    against: `${firstRowsMs} ms`,
    atMost: true,
    target: 1,
    async measure() {
      const { rowsMs, readMs } = await measure();
      const detail = `${Math.round(rowsMs)} ms; all of them read after ${Math.round(readMs)} ms`;
      return { ratio: rowsMs / firstRowsMs, detail };
    },
  },
  {
    what: `console with ${kept} requests, longest task of a frame while it is scrolled`,
    against: `${frameMs} ms`,
    atMost: true,
    target: 1,
    async measure() {
      const { tasksMs } = await measure();
      const longest = Math.max(...tasksMs);
      const high = quantile(tasksMs, 0.99).toFixed(1);
      const detail = `${longest.toFixed(1)} ms of ${tasksMs.length} tasks; 99th percentile ${high} ms`;
      return { ratio: longest / frameMs, detail };
    },
  },
];
