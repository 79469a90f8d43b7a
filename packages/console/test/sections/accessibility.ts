import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { useHarness, type BrowserHolder } from '../fixtures/harness.ts';
import { overlappingTexts } from '../fixtures/overlapping-texts.ts';
import { sendUnresolvedPlay } from '../fixtures/signed-requests.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Everything by keyboard, for screen readers, in light and dark, on a phone. */
export function testAccessibility(holder: BrowserHolder, colorSchemes: readonly ('light' | 'dark')[]): void {
  const harness = useHarness(holder);
  let refused = '';
  let call = '';

  beforeAll(async () => {
    const connection = await harness.client.createCall('+12065550110', harness.receiver.url);
    await harness.server.control.waitFor('CallConnected', { timeoutMs: 30_000 });
    await harness.client.play(connection, 'Hello.');
    const response = await sendUnresolvedPlay(harness.server, connection);
    refused = response.headers.get('x-countersign-exchange') ?? '';
    call = harness.server.control.calls()[0]?.id ?? '';
    // In quick succession, so that their marks are close together.
    harness.server.control.phone('+12065550110').press('1234#');
    await harness.server.control.waitFor('PlayCompleted', { timeoutMs: 30_000 });
  });

  const violations = async (page: Page): Promise<string[]> => [
    ...(await overlappingTexts(page)),
    ...(await faintFields(page)),
    ...(await page.evaluate(async (source) => {
      const { axe } = window as unknown as { axe?: AxeRunner };
      // oxlint-disable-next-line no-eval -- axe is no part of the page
      if (!axe) (0, eval)(source);
      const runner = (window as unknown as { axe: AxeRunner }).axe;
      const { violations: found } = await runner.run(document);
      return found.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
      );
    }, axeSource)),
  ];

  for (const colorScheme of colorSchemes) {
    it(`has no violation that axe can find, in ${colorScheme}`, { timeout: 180_000 }, async () => {
      const page = await harness.open('#/requests', { colorScheme, bypassCSP: true, reducedMotion: 'reduce' });
      const see = async (address: string, sign: string): Promise<void> => {
        await page.goto(`/${address}`);
        await page.getByText(sign).first().waitFor();
        expect(await violations(page), address).toEqual([]);
      };
      await see('', 'Place a call now');
      await see('#/requests', 'Select a request');
      await see(`#/requests/${refused}`, 'The fix');
      await see('#/calls', 'Select a call');
      await see(`#/calls/${encodeURIComponent(call)}`, 'is connected');
      await page.locator('summary').first().click();
      expect(await violations(page), 'an opened callback').toEqual([]);
      await see('#/start', 'Development credentials');
      await see('#/mistakes/url%2Fabsolute', 'The diagnosis calls it url/absolute');
      await see('#/playground', 'Paste a request');
      await page.getByRole('button', { name: 'Try an example' }).click();
      await page.getByRole('button', { name: 'Diagnose' }).click();
      await page.getByRole('region', { name: 'Diagnosed' }).waitFor();
      expect(await violations(page), 'a diagnosis').toEqual([]);
      await see('#/send', 'proved by');
      await page.getByLabel('Endpoint').fill('http://127.0.0.1:9/');
      await page.getByRole('button', { name: 'Send', exact: true }).click();
      await page.getByRole('region', { name: 'What was sent' }).waitFor();
      expect(await violations(page), 'an event that was sent').toEqual([]);
      await see('#/phones', 'Test numbers');
      await page.getByRole('button', { name: 'Use it', exact: true }).click();
      await harness.client.createCall('+12065550115', harness.receiver.url);
      await page.getByRole('button', { name: 'Answer' }).waitFor();
      expect(await violations(page), 'a ringing phone').toEqual([]);
      await page.getByRole('button', { name: 'Answer' }).click();
      await page.getByRole('group', { name: /^Keys/ }).waitFor();
      expect(await violations(page), 'a phone in a call').toEqual([]);
      await page.getByRole('button', { name: 'Hang up' }).click();
      await page.getByText('has ended').waitFor();
      await page.getByRole('button', { name: 'Give a phone a script' }).click();
      await page.getByRole('switch', { name: 'callbacks' }).check();
      await page.getByText('1 on').waitFor();
      expect(await violations(page), 'after a call, a script that is written, and a fault').toEqual([]);
      await page.getByRole('switch', { name: 'callbacks' }).uncheck();
      await page.getByRole('button', { name: 'Give it this script' }).click();
      await page.getByRole('button', { name: 'Take away' }).waitFor();
      expect(await violations(page), 'a phone with a script').toEqual([]);
      await page.getByRole('button', { name: 'Take away' }).click();
    });
  }

  it('can be used by keyboard alone: from the first Tab to the fix of a refused request', async () => {
    const page = await harness.open('#/requests');
    await page.getByRole('link', { name: /401.*A template variable was signed/ }).waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('Skip to content');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
    // Past what narrows the list, to its one stop.
    const isInList = () => page.evaluate(() => document.activeElement?.closest('.virtual-list li') !== null);
    for (let step = 0; step < 8 && !(await isInList()); step++) await page.keyboard.press('Tab');
    const seen = [await focused()];
    for (let step = 0; step < 10 && !seen.at(-1)?.includes('A template variable was signed'); step++) {
      await page.keyboard.press('ArrowDown');
      await expect.poll(focused).not.toBe(seen.at(-1));
      seen.push(await focused());
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Why it was refused' }).waitFor();
    for (let step = 0; step < 15; step++) {
      await page.keyboard.press('Tab');
      if ((await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))) === 'Language of the fix')
        break;
    }
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.getByLabel('Language of the fix').inputValue()).toBe('python');
  });

  for (const [section, address, sign] of [
    ['the requests', () => 'requests', 'Select a request'],
    ['a request', () => `requests/${refused}`, 'The fix'],
    ['the calls', () => 'calls', 'Select a call'],
    ['a call', () => `calls/${encodeURIComponent(call)}`, 'is connected'],
    ['the phones', () => 'phones', 'Test numbers'],
    ['the playground', () => 'playground', 'Paste a request'],
    ['sending', () => 'send', 'proved by'],
    ['the start', () => 'start', 'Development credentials'],
    ['the mistakes', () => 'mistakes', 'The diagnosis calls it key/encoding'],
  ] as const) {
    it(`opens ${section} first of all, with text over no other text, and fits on a phone`, async () => {
      const page = await harness.open(`#/${address()}`);
      await page.getByText(sign).first().waitFor();
      expect(await overlappingTexts(page), 'at 1280 px').toEqual([]);
      // The bar stays: what scrolls is the section.
      expect(await page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await overlappingTexts(page), 'at 390 px').toEqual([]);
      expect(await widerThanScreen(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      const navigation = page.getByRole('navigation');
      const hidden = navigation.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
      expect(await hidden, 'of the navigation, in pixels').toBe(0);
      // The mistakes are no section of the bar: others lead to them.
      if (address() === 'mistakes') return;
      const current = navigation.locator('[aria-current]');
      await expect
        .poll(() => current.boundingBox().then((box) => (box ? box.x + box.width : 0)))
        .toBeLessThanOrEqual(390);
    });
  }

  it('finds text that stands on other text, and none that an edge cuts off before it gets there', async () => {
    const page = await holder.browser.newPage();
    const box = 'position: absolute; top: 0; left: 0; width: 9em; white-space: nowrap';
    await page.setContent(`<p style="${box}; overflow: hidden">A line that is cut off at the edge of its box</p>
      <p style="${box}; left: 9em">its neighbour</p><p style="${box}; top: 0.5em">on top</p>`);
    expect(await overlappingTexts(page)).toEqual(['“A line that is cut off at the edge of it” and “on top”']);
    await page.close();
  });

  it('goes back from a request to the list, on a phone', async () => {
    const page = await harness.open(`#/requests/${refused}`, { viewport: { width: 390, height: 844 } });
    await page.getByRole('link', { name: 'All requests' }).click();
    await page.getByRole('list', { name: /^Requests/ }).waitFor();
  });

  it('follows the system’s colours, or those that are chosen, and remembers the choice', async () => {
    const page = await harness.open('#/requests', { colorScheme: 'dark' });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await ground()).toBe('rgb(20, 23, 26)');
    await page.getByLabel('Theme').selectOption('light');
    expect(await ground()).toBe('rgb(251, 251, 249)');
    await page.reload();
    await page.getByLabel('Theme').waitFor();
    expect(await ground()).toBe('rgb(251, 251, 249)');
  });
}

/**
 * Fields whose placeholder has a contrast of less than 4.5 to their ground, or whose edge less than 3 (WCAG 2.2, 1.4.3 and
 * 1.4.11): axe looks at neither.
 */
const faintFields = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const luminance = (color: string): number => {
      const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? []).map(Number).map((eight) => {
        const share = eight / 255;
        return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const contrast = (one: string, other: string): number => {
      const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
      return (light + 0.05) / (dark + 0.05);
    };
    const fields = document.querySelectorAll<HTMLInputElement>(
      'main :is(input:not([type=checkbox], [type=range], [type=file]), textarea, select)',
    );
    return [...fields].flatMap((field) => {
      const { backgroundColor, borderTopColor } = getComputedStyle(field);
      const placeholder = contrast(getComputedStyle(field, '::placeholder').color, backgroundColor);
      const edge = contrast(borderTopColor, backgroundColor);
      const name = field.outerHTML.slice(0, 100);
      return [
        ...(field.placeholder && placeholder < 4.5 ? [`placeholder ${placeholder.toFixed(1)}: ${name}`] : []),
        ...(edge < 3 ? [`edge ${edge.toFixed(1)}: ${name}`] : []),
      ];
    });
  });

/** What sticks out of the screen on the right, and cannot be scrolled to. */
const widerThanScreen = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isWide = (element: Element): boolean => element.getBoundingClientRect().right > innerWidth + 1;
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      (/auto|scroll|hidden/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
    return [...document.querySelectorAll('main *')]
      .filter(
        (element) => isWide(element) && !scrolls(element.parentElement?.closest(':not(main, .split-open)') ?? null),
      )
      .map((element) => element.outerHTML.slice(0, 120));
  });

interface AxeRunner {
  run(
    context: Document,
  ): Promise<{ violations: readonly { id: string; nodes: readonly { html: string; failureSummary?: string }[] }[] }>;
}
