import { describe, expect, it } from 'vitest';
import { useBrowser, useHarness } from './fixtures/harness.ts';

const browser = useBrowser();

describe('empty places in the console', () => {
  const harness = useHarness(browser);

  it('have a way out that is one click', async () => {
    // What the page was asking of the call when the server was reset is not there any more.
    const page = await harness.open('#/calls', { expectErrors: /404/ });
    await page.getByRole('button', { name: 'Place a call' }).click();
    await page.getByRole('region', { name: 'Timeline' }).waitFor();
    harness.server.control.reset();
    await page.goto('/#/requests');
    await page.getByText('No request yet').waitFor();
    await page.getByRole('button', { name: 'Place a call' }).click();
    await page
      .getByRole('list', { name: /^Requests/ })
      .getByRole('link')
      .first()
      .waitFor();
    const phones = await harness.open('#/phones');
    await phones.getByRole('button', { name: 'Ring me on +12065550115' }).click();
    await phones.getByRole('button', { name: 'Answer' }).waitFor();
  });

  it('take a file that is dropped on them', async () => {
    const page = await harness.open('#/playground');
    const text = 'GET /dropped HTTP/1.1\nHost: example.com\n\n';
    const request = page.getByLabel('Request', { exact: true });
    await request.waitFor();
    const dropped = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], 'refused.http'));
      return transfer;
    }, text);
    await request.dispatchEvent('drop', { dataTransfer: dropped });
    await expect.poll(() => request.inputValue()).toBe(text);
  });
});

describe('a server without a development account, on which the page can sign nothing', () => {
  const harness = useHarness(browser, { developmentAccount: false });

  it('says why there is no call to place', async () => {
    const page = await harness.open('');
    const door = page.getByRole('region', { name: 'Place a call now' });
    await door.getByText('This server has no development account').waitFor();
    expect(await door.getByRole('button').count()).toBe(0);
  });
});
