import { expect, it } from 'vitest';
import { useHarness, type BrowserHolder } from '../fixtures/harness.ts';

/** What somebody sees who has never heard of it. */
export function testFirstView(holder: BrowserHolder): void {
  const harness = useHarness(holder);

  it('says in a sentence what this is, with three ways in, before anything is scrolled', async () => {
    const page = await harness.open('', { viewport: { width: 1280, height: 720 } });
    await page.getByRole('heading', { name: 'find out why one was refused' }).waitFor();
    for (const name of ['I have a refused request', 'Place a call now', 'Be a phone']) {
      const box = await page.getByRole('region', { name }).boundingBox();
      expect(box && box.y + box.height, name).toBeLessThan(720);
    }
  });

  it('takes a pasted request to the playground, and keeps it out of the address', async () => {
    const page = await harness.open('');
    const text = 'GET /pasted HTTP/1.1\nHost: example.com\n\n';
    await page.getByLabel('The refused request').fill(text);
    await page.getByRole('button', { name: 'Find out why' }).click();
    await expect.poll(() => page.getByLabel('Request', { exact: true }).inputValue()).toBe(text);
    expect(new URL(page.url()).hash).toBe('#/playground');
  });

  it('places a call with one click: it is signed, answered, heard and read, and leads to its timeline', async () => {
    const page = await harness.open('');
    const door = page.getByRole('region', { name: 'Place a call now' });
    await door.getByRole('button', { name: 'Call and listen' }).click();
    await door.getByText('Answered. Listen:').waitFor();
    await door.getByText('This call was placed from your own browser').waitFor();
    await expect.poll(() => door.locator('audio').evaluate(({ paused }: HTMLAudioElement) => paused)).toBe(false);
    const [exchange] = harness.server.control.exchanges();
    expect(exchange?.authentication?.outcome).toBe('accepted');
    await door.getByRole('link', { name: 'The call’s timeline' }).click();
    await page.getByRole('region', { name: 'Timeline' }).getByText('is connected').waitFor();
  });

  it('makes one a phone that rings, with one click', async () => {
    const page = await harness.open('');
    await page.getByRole('button', { name: 'Ring me' }).click();
    const phone = page.getByRole('region', { name: 'Phone +12065550115' });
    await phone.getByRole('button', { name: 'Answer' }).click();
    await phone.getByText('In a call with').waitFor();
    await phone.getByRole('button', { name: 'Hang up' }).click();
  });
}
