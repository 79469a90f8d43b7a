import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startServer } from '@countersign/server';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { startBrowser } from '../../../tools/chromium.js';
import { startCallbackReceiver } from './fixtures/callback-receiver.ts';
import { overlappingTexts } from './fixtures/overlapping-texts.ts';
import { clientsOf, sendUnresolvedPlay } from './fixtures/signed-requests.ts';

// Pictures to look at, made on demand: SCREENSHOTS_TO=/some/folder npx vitest run packages/console/test/screenshots.test.ts
const folder = process.env['SCREENSHOTS_TO'] ?? '';

const sizes = { desktop: { width: 1280, height: 860 }, phone: { width: 390, height: 844 } };

/** Waits until nothing on the page says that it is still being read. */
async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 2 }).first().waitFor();
  await page.waitForFunction(() => !/(?:Reading|Loading|Asking|Connecting).*…/.test(document.body.innerText));
}

describe('pictures of every section', () => {
  it('on a desktop and on a phone, light and dark', { timeout: 120_000 }, async () => {
    await mkdir(folder, { recursive: true });
    const server = await startServer({ port: 0 });
    const receiver = await startCallbackReceiver();
    const browser = await startBrowser();
    const client = clientsOf(server);
    const connection = await client.createCall('+12065550132', receiver.url);
    await server.control.waitFor('CallConnected', { timeoutMs: 30_000 });
    await client.recognizeKeys(connection, '+12065550132', 'Please enter your account number, followed by pound.');
    await sendUnresolvedPlay(server, connection);
    await client.speakTo('+12065550114', 'Your parcel arrives tomorrow at nine.');
    await client.get('/calling/callConnections/none?api-version=2023-10-15');
    await fetch(`${server.url}/calling/callConnections?api-version=2023-10-15`, { method: 'POST', body: '{}' });
    await server.control.waitFor('RecognizeCompleted', { timeoutMs: 30_000 });
    await client.play(connection, 'Thank you. Goodbye.');
    await server.control.waitFor('PlayCompleted', { timeoutMs: 30_000 });
    const refused = server.control
      .exchanges()
      .find(
        ({ authentication }) =>
          authentication?.diagnosis?.verdict === 'explained' && authentication.diagnosis.mistakes[0]?.proven,
      );
    const [call] = server.control.calls().filter(({ provider }) => provider === 'acs');
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const [name, viewport] of Object.entries(sizes)) {
        const context = await browser.newContext({ viewport, colorScheme, baseURL: server.url });
        const page = await context.newPage();
        page.on('pageerror', (error) => console.error(error));
        page.on('console', (message) => message.type() === 'error' && console.error(message.text()));
        const picture = async (title: string, fullPage = false): Promise<void> => {
          await page.screenshot({ path: join(folder, `${title}-${name}-${colorScheme}.png`), fullPage });
          expect.soft(await overlappingTexts(page), `${title}, ${name}`).toEqual([]);
        };
        const shoot = async (section: string, address: string): Promise<void> => {
          // A page that was somewhere else before would still have the styles of that section.
          await page.goto('about:blank');
          await page.goto(`/#/${address}`);
          await settled(page);
          await picture(section);
        };
        await shoot('first-view', '');
        await page.getByRole('button', { name: 'Call and listen' }).click();
        await page.getByText('This call was placed').waitFor();
        await picture('first-call', true);
        await shoot('requests', 'requests');
        await shoot('refused', `requests/${refused?.id ?? ''}`);
        await shoot('calls', 'calls');
        await shoot('call', `calls/${encodeURIComponent(call?.id ?? '')}`);
        await page.locator('.timeline').scrollIntoViewIfNeeded();
        const callback = page.locator('.timeline summary').first();
        if (await callback.count()) await callback.click();
        await page.locator('.split-open').evaluate((element) => element.scrollBy(0, 700));
        await picture('timeline');
        await shoot('start', 'start');
        await shoot('playground', 'playground');
        await page.getByRole('button', { name: 'Try an example' }).click();
        await page.getByRole('button', { name: 'Diagnose' }).click();
        await page.locator('.diagnosis').waitFor();
        await picture('diagnosed', true);
        await shoot('mistakes', 'mistakes/url%2Fabsolute');
        await shoot('send', 'send');
        await page.getByLabel('Endpoint').fill(receiver.url);
        await page.getByRole('button', { name: 'Send', exact: true }).click();
        await page.getByRole('region', { name: 'What was sent' }).waitFor();
        await picture('sent', true);
        await shoot('phones', 'phones');
        await page.getByRole('button', { name: 'Use it', exact: true }).click();
        await page.locator('section.phone').waitFor();
        const ringing = await client.createCall('+12065550115', receiver.url);
        await page.getByRole('button', { name: 'Answer' }).waitFor();
        await picture('ringing');
        await page.getByRole('button', { name: 'Answer' }).click();
        await page.getByRole('group', { name: /Keys of/ }).waitFor();
        await client.play(ringing, 'Hello, this is a prompt that you can read here as well.');
        await page.locator('.captions li').first().waitFor();
        await page.getByRole('button', { name: '5', exact: true }).click();
        await page.locator('.caption-pressed').waitFor();
        await picture('connected');
        await page.getByRole('button', { name: 'Hang up' }).click();
        await page.locator('.last-call').waitFor();
        await picture('after-call');
        await page.getByRole('switch', { name: 'media' }).check();
        await page.getByText('1 on').waitFor();
        await page.getByText('ACS', { exact: true }).click();
        await page.locator('.faults').evaluate((element) => element.scrollIntoView());
        await picture('faults');
        await page.getByRole('button', { name: 'Give a phone a script' }).click();
        await page.locator('.scripts').evaluate((element) => element.scrollIntoView());
        await picture('script-form');
        await page.getByRole('button', { name: 'Give it this script' }).click();
        await page.getByRole('button', { name: 'Call +14255550123' }).click();
        await page.locator('.script-steps [aria-current]').nth(0).waitFor();
        await picture('scripted');
        await page.getByRole('switch', { name: 'media' }).uncheck();
        await page.getByRole('button', { name: 'Take away' }).click();
        await context.close();
      }
    }
    await browser.close();
    await server.close();
    await receiver.close();
  });
});
