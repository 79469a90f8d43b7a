import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { mainPages, useSite } from './fixtures/site.ts';

const site = useSite();
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeRunner {
  run(root: Document): Promise<{ violations: { id: string; nodes: { html: string; failureSummary: string }[] }[] }>;
}

const violations = (page: Page): Promise<string[]> =>
  page.evaluate(async (source) => {
    // oxlint-disable-next-line no-eval -- axe is no part of the page
    (0, eval)(source);
    const { violations: found } = await (window as unknown as { axe: AxeRunner }).axe.run(document);
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
    );
  }, axeSource);

for (const colorScheme of ['light', 'dark'] as const) {
  test.each(mainPages)(
    `/%s has no violation that axe can find, in ${colorScheme}`,
    { timeout: 180_000 },
    async (path) => {
      const page = await site.open(path, { colorScheme, bypassCSP: true });
      await page.waitForLoadState('networkidle');
      expect(await violations(page)).toEqual([]);
    },
  );

  test(`nor has a diagnosis, in ${colorScheme}`, { timeout: 180_000 }, async () => {
    const page = await site.open('playground.html', { colorScheme, bypassCSP: true });
    await page.getByRole('button', { name: 'Try an example' }).click();
    await page.getByRole('button', { name: 'Diagnose' }).click();
    await page.getByRole('region', { name: 'Diagnosed' }).waitFor();
    expect(await violations(page)).toEqual([]);
  });
}
