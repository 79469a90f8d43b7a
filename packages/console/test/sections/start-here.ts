import { expect, it } from 'vitest';
import { useHarness, type BrowserHolder } from '../fixtures/harness.ts';

/** Start: credentials, snippets; what is loaded, and from where. */
export function testStartHere(holder: BrowserHolder): void {
  const harness = useHarness(holder);

  it('shows the credentials that the server has, each to copy', async () => {
    const page = await harness.open('#/start', { permissions: ['clipboard-read', 'clipboard-write'] });
    await page.getByRole('button', { name: 'Copy ACS connection string' }).click();
    await page.getByText('Copied').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      harness.server.environment['COMMUNICATION_SERVICES_CONNECTION_STRING'],
    );
    const shell = await page.getByRole('region', { name: 'environment variables' }).textContent();
    for (const [name, value] of Object.entries(harness.server.environment)) {
      expect(shell).toContain(`export ${name}='${value}'`);
    }
  });

  it('has a snippet for each client, written for this server and the number that is chosen', async () => {
    const page = await harness.open('#/start');
    const clients = page.getByLabel('With');
    await clients.waitFor();
    const titles = await clients.locator('option').allTextContents();
    for (const client of ['fetch', 'curl', 'JavaScript', 'Python', 'C#', 'Java', 'Sinch SDK', 'Postman']) {
      expect(
        titles.some((title) => title.includes(client)),
        client,
      ).toBe(true);
    }
    await page.getByLabel('To').selectOption('+12065550115');
    await clients.selectOption('Azure SDK, Python');
    const code = await page.getByRole('region', { name: 'Azure SDK, Python' }).textContent();
    // The SDK for Python speaks https whatever its connection string says.
    expect(code).toContain(`endpoint=${harness.server.url.replace('http:', 'https:')}/;accesskey=`);
    await page.getByText('start the server with --tls').waitFor();
    expect(code).toContain('+12065550115');
    await page.getByRole('link', { name: 'Be this phone' }).click();
    expect(await page.getByLabel('Be the phone', { exact: true }).inputValue()).toBe('+12065550115');
  });

  it('gets by with a content security policy that allows its own server and nothing inline', async () => {
    const page = await harness.open('#/start');
    const violations: string[] = [];
    await page.route(/\/$/, async (route) => {
      const response = await route.fetch();
      const policy = "default-src 'self'; media-src 'self' blob:; object-src 'none'; base-uri 'none'";
      await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
    });
    page.on('console', (message) => {
      if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
    });
    await harness.client.createCall('+12065550110', harness.receiver.url);
    const origins = new Set<string>();
    page.on('request', (request) => origins.add(new URL(request.url()).origin));
    await page.reload();
    for (const section of ['Requests', 'Calls', 'Phones', 'Playground', 'Send', 'Start']) {
      await page.getByRole('navigation').getByRole('link', { name: section }).click();
      await page.getByRole('main').getByRole('heading', { level: 2 }).first().waitFor();
    }
    expect(violations).toEqual([]);
    origins.delete('null');
    expect([...origins]).toEqual([harness.server.url]);
  });

  for (const [section, kilobytes, sign] of [
    ['start', 100, 'Place a call now'],
    ['requests', 100, 'No request yet'],
    // Nine tenths of it is the worker, which knows every mistake, every form of a request and every scheme; it loads beside the page.
    ['playground', 247, 'Azure Communication Services'],
  ] as const) {
    it(`loads less than ${kilobytes} kB for ${section}, all told`, async () => {
      harness.server.control.reset();
      const sizes = new Map<string, number>();
      const page = await harness.open(`#/${section}`, {
        watch: (response) => {
          const { 'content-length': length, 'content-encoding': encoding } = response.headers();
          if (response.url().includes('/_control/')) return;
          expect(encoding, response.url()).toMatch(/^(?:br|gzip)$/);
          sizes.set(response.url(), Number(length));
        },
      });
      await page.getByText(sign).first().waitFor({ state: 'attached' });
      expect(sizes.size).toBeGreaterThan(4);
      const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
      expect(total).toBeLessThan(kilobytes * 1000);
    });
  }
}
