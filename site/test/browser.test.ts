import { describe, expect, test } from 'vitest';
import { mainPages, useSite } from './fixtures/site.ts';

const site = useSite();

describe('in a browser', () => {
  test('the first view takes less than 100 kB, all told', async () => {
    const sizes = new Map<string, number>();
    const page = await site.open('', {
      watch: (response) => void sizes.set(response.url(), Number(response.headers()['content-length'])),
    });
    await page.getByText('I have a refused request').waitFor();
    await page.waitForLoadState('networkidle');
    expect(sizes.size).toBeGreaterThan(4);
    expect([...sizes.values()].reduce((sum, size) => sum + size, 0)).toBeLessThan(100_000);
  });

  test('has three doors, each of which leads on', async () => {
    for (const [door, heading] of [
      ['I have a refused request', 'Playground'],
      ['I receive signed requests', 'Verify a request'],
      ['My code places calls', 'Test calls locally'],
    ] as const) {
      const page = await site.open('');
      await page.locator('a').filter({ hasText: door }).click();
      await page.getByRole('heading', { name: heading }).first().waitFor();
    }
  });

  test('says so where there is no page, and leads to the start', async () => {
    const page = await site.open('mistakes/no-such.html', { expectErrors: /404/ });
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
    await page.getByRole('link', { name: 'To the start' }).click();
    await page.getByText('I have a refused request').waitFor();
  });

  test('a mistake is found by words', async () => {
    const page = await site.open('');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('searchbox').fill('body re-serialized before');
    await page.getByRole('link', { name: 'The body was re-serialized before it was hashed' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'The body was re-serialized before it was hashed' }).waitFor();
  });

  test('the fix is shown in the language that is chosen', async () => {
    const page = await site.open('mistakes/content-hash-algorithm.html');
    await page.getByText('Python', { exact: true }).click();
    await page.getByText('hashlib.sha256').first().waitFor();
  });

  test.each(mainPages)('nothing of /%s is wider than a phone', async (path) => {
    const page = await site.open(path, { viewport: { width: 390, height: 844 } });
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  });
});

describe('the playground', () => {
  test('diagnoses a request with the network cut', async () => {
    const page = await site.open('playground.html');
    // The schemes come from the worker: it is there.
    await page.getByRole('option', { name: 'Stripe webhook' }).first().waitFor({ state: 'attached' });
    await page.context().setOffline(true);
    await page.getByRole('button', { name: 'Try an example' }).click();
    await page.getByRole('button', { name: 'Diagnose' }).click();
    const answer = page.getByRole('region', { name: 'Diagnosed' });
    await answer.getByText('url/absolute').or(answer.getByText('template/unresolved')).first().waitFor();
  });

  test('leads from a mistake to the page about it, and stays as it is', async () => {
    const page = await site.open('playground.html');
    await page.getByRole('button', { name: 'Try an example' }).click();
    await page.getByRole('button', { name: 'Diagnose' }).click();
    const link = page.getByRole('link', { name: 'template/unresolved' });
    expect(await link.evaluate((element) => getComputedStyle(element).textDecorationLine)).toBe('underline');
    const [opened] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
    await opened
      .getByRole('heading', { level: 1, name: 'A template variable was signed before it was filled in' })
      .waitFor();
    expect(await page.getByRole('textbox', { name: 'Request' }).inputValue()).toContain('callConnections');
  });

  test('opens the request of a mistake, without its secret', async () => {
    const page = await site.open('mistakes/date-unit.html');
    await page.getByText('The whole request').click();
    await page.getByRole('link', { name: 'Open it in the playground' }).click();
    const request = page.getByRole('textbox', { name: 'Request' });
    await expect.poll(() => request.inputValue()).toContain('POST /webhooks/stripe HTTP/1.1');
    expect(await page.getByRole('textbox', { name: 'Secret' }).inputValue()).toBe('');
  });

  test('is loaded on its page alone', async () => {
    const loaded: string[] = [];
    const page = await site.open('mistakes/date-unit.html', { watch: (response) => void loaded.push(response.url()) });
    await page.waitForLoadState('networkidle');
    expect(loaded.filter((url) => /playground/.test(url))).toEqual([]);
    await page.getByRole('link', { name: 'playground', exact: true }).click();
    await page.getByRole('button', { name: 'Diagnose' }).waitFor();
    await expect.poll(() => loaded.some((url) => /playground-worker/.test(url))).toBe(true);
  });
});
