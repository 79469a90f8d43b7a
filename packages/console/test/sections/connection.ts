import { expect, it } from 'vitest';
import { layLine } from '../fixtures/breakable-line.ts';
import { useHarness, type BrowserHolder } from '../fixtures/harness.ts';

/** What the page does when the line to the server breaks. */
export function testConnection(holder: BrowserHolder): void {
  const harness = useHarness(holder);

  it('catches up after a drop without gaps or doubles, and without reading everything again', async () => {
    const line = await layLine(harness.server.url);
    try {
      const page = await harness.open('#/requests', { baseURL: line.url, expectErrors: /ERR_|Failed to load/ });
      await page.getByText('Live', { exact: true }).waitFor();
      const probe = async (path: string) => (await fetch(harness.server.url + path)).arrayBuffer();
      for (let number = 0; number < 5; number++) await probe(`/before/${number}`);
      const rows = page.getByRole('list', { name: /^Requests/ }).getByRole('link');
      await expect.poll(() => rows.count()).toBe(5);

      const read: string[] = [];
      page.on('request', (request) => read.push(new URL(request.url()).pathname));
      line.cut();
      await page.getByText('Reconnecting…').waitFor();
      for (let number = 0; number < 7; number++) await probe(`/meanwhile/${number}`);
      line.restore();
      await page.getByText('Live', { exact: true }).waitFor();
      for (let number = 0; number < 3; number++) await probe(`/after/${number}`);

      await expect.poll(() => rows.count()).toBe(15);
      const keys = await rows.evaluateAll((links) =>
        links.map((link) => Number(link.getAttribute('data-key')?.slice(1))),
      );
      expect(keys).toEqual(Array.from({ length: 15 }, (_, index) => (keys[0] ?? 0) - index));
      expect(new Set(read)).toEqual(new Set(['/_control/events']));
    } finally {
      await line.close();
    }
  });

  it('reads everything again when the server was reset', async () => {
    await (await fetch(`${harness.server.url}/old`)).arrayBuffer();
    const page = await harness.open('#/requests');
    await page.getByRole('link', { name: /\/old/ }).waitFor();
    harness.server.control.reset();
    await page.getByText('No request yet').waitFor();
    await (await fetch(`${harness.server.url}/new`)).arrayBuffer();
    await page.getByRole('link', { name: /\/new/ }).waitFor();
  });

  it('says what happened when something cannot be done because the server is gone', async () => {
    const line = await layLine(harness.server.url);
    const page = await harness.open('#/phones', { baseURL: line.url, expectErrors: /ERR_|Failed to load/ });
    await page.getByText('Live', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Use it', exact: true }).waitFor();
    line.cut();
    await page.getByRole('button', { name: 'Use it', exact: true }).click();
    await page
      .getByRole('alert')
      .getByText(/does not answer\. Is "countersign serve" still running\?/)
      .waitFor();
    await line.close();
  });
}
