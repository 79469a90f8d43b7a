import { expect, it } from 'vitest';
import { eventually } from '../fixtures/eventually.ts';
import { useHarness, type BrowserHolder } from '../fixtures/harness.ts';

/** The page with as many requests as the server keeps. */
export function testManyRequests(holder: BrowserHolder): void {
  const harness = useHarness(holder);

  const send = async (count: number): Promise<void> => {
    let left = count;
    const sender = async (): Promise<void> => {
      while (left-- > 0) await (await fetch(`${harness.server.url}/probe/${left}`)).arrayBuffer();
    };
    await Promise.all(Array.from({ length: 24 }, sender));
  };

  it(
    'keeps a handful of rows, reaches the first and the last, and stays where the reader is',
    { timeout: 60_000 },
    async () => {
      await send(10_000);
      const page = await harness.open('#/requests');
      const list = page.getByRole('list', { name: /^Requests/ });
      await page.getByText('Live', { exact: true }).waitFor();
      const rows = list.getByRole('link');
      await eventually(() => list.getByRole('listitem').first().getAttribute('aria-setsize')).toBe('10000');
      expect(await rows.count()).toBeLessThan(40);
      expect(await page.evaluate(() => document.querySelectorAll('*').length)).toBeLessThan(600);

      await rows.first().focus();
      await page.keyboard.press('End');
      await eventually(() => rows.last().getAttribute('data-key')).toBe('x1');
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
      await eventually(topRow).toMatch(/^x(?:49|50)\d\d$/);
      const before = await topRow();
      await send(500);
      await eventually(() => list.getByRole('listitem').first().getAttribute('aria-setsize')).toBe('10500');
      expect(await topRow()).toBe(before);

      const frameMs = await scroller.evaluate(async (element) => {
        const frames: number[] = [];
        for (let frame = 0; frame < 60; frame++) {
          const startMs = performance.now();
          element.scrollTop = (element.scrollHeight * frame) / 60;
          await new Promise(requestAnimationFrame);
          frames.push(performance.now() - startMs);
        }
        return frames.toSorted((one, other) => one - other);
      });
      // The median: a busy machine may drop a frame, a list that draws ten thousand rows drops every one.
      expect(frameMs[30]).toBeLessThan(100);
    },
  );
}
