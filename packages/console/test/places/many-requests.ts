import { expect, it } from 'vitest';
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

      const worstFrameMs = await scroller.evaluate(async (element) => {
        let [last, worst] = [performance.now(), 0];
        for (let frame = 0; frame < 60; frame++) {
          element.scrollTop = (element.scrollHeight * frame) / 60;
          await new Promise(requestAnimationFrame);
          const now = performance.now();
          [worst, last] = [Math.max(worst, now - last), now];
        }
        return worst;
      });
      expect(worstFrameMs).toBeLessThan(250);
    },
  );
}
