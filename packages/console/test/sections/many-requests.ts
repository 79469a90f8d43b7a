import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { useHarness, type BrowserHolder } from '../fixtures/harness.ts';

/** The page with as many requests as the server keeps. */
export function testManyRequests(holder: BrowserHolder): void {
  const harness = useHarness(holder);

  const send = (count: number): Promise<void> => pipelined(harness.server.url, count);

  it(
    'keeps a handful of rows, reaches the first and the last, and stays where the reader is',
    { timeout: 180_000 },
    async () => {
      await send(10_000);
      const page = await harness.open('#/requests');
      const list = page.getByRole('list', { name: /^Requests/ });
      await page.getByText('Live', { exact: true }).waitFor();
      const rows = list.getByRole('link');
      await expect.poll(() => list.getByRole('listitem').first().getAttribute('aria-setsize')).toBe('10000');
      expect(await rows.count()).toBeLessThan(40);
      expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(600);

      await rows.first().focus();
      await page.keyboard.press('End');
      await expect.poll(() => rows.last().getAttribute('data-key')).toBe('x1');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('data-key'))).toBe('x1');
      expect(await rows.count()).toBeLessThan(40);

      // From the middle: five hundred more arrive while the page is scrolled, and the row in view does not move.
      const scroller = page.locator('.virtual-list');
      await scroller.evaluate((element) => (element.scrollTop = element.scrollHeight / 2));
      const topRow = () =>
        scroller.evaluate((element) => {
          const { top } = element.getBoundingClientRect();
          return document
            .elementFromPoint(60, top + 5)
            ?.closest('[data-key]')
            ?.getAttribute('data-key');
        });
      await expect.poll(topRow).toMatch(/^x(?:49|50)\d\d$/);
      const before = await topRow();
      await send(500);
      await expect.poll(() => list.getByRole('listitem').first().getAttribute('aria-setsize')).toBe('10500');
      expect(await topRow()).toBe(before);

      // What a frame costs is what it draws: nowhere on the way is that more than what is in view.
      const drawn = await scroller.evaluate(async (element) => {
        const frames: number[] = [];
        for (let frame = 0; frame < 60; frame++) {
          element.scrollTop = (element.scrollHeight * frame) / 60;
          await new Promise(requestAnimationFrame);
          frames.push(document.querySelectorAll('*').length);
        }
        return frames;
      });
      expect(Math.max(...drawn)).toBeLessThan(600);

      // The row in view is none of those that are looked for: they begin with the newest, the ninth before the last.
      await scroller.evaluate((element) => (element.scrollTop = element.scrollHeight / 2));
      await expect.poll(topRow).toMatch(/^x5[12]\d\d$/);
      await page.getByLabel('Show only requests that contain').fill('probe/9');
      await expect.poll(topRow).toBe('x10492');
    },
  );
}

/** Sends requests one after the other on one connection, which takes a fraction of what `fetch` takes, and awaits the answers. */
async function pipelined(url: string, count: number): Promise<void> {
  const { host, hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname).setEncoding('latin1');
  await once(socket, 'connect');
  const head = ` HTTP/1.1\r\nHost: ${host}\r\n`;
  for (let left = count; left > 1; left -= 1) socket.write(`GET /probe/${left}${head}\r\n`);
  socket.write(`GET /probe/1${head}Connection: close\r\n\r\n`);
  const answer = 'HTTP/1.1 404';
  let answers = 0;
  let tail = '';
  for await (const text of socket) {
    const read = tail + (text as string);
    answers += read.split(answer).length - 1;
    // An answer that begins at the end of one piece goes on in the next.
    tail = read.slice(1 - answer.length);
  }
  expect(answers).toBe(count);
}
