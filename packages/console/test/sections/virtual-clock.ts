import { expect, it } from 'vitest';
import { eventually } from '../fixtures/eventually.ts';
import { useHarness, type BrowserHolder } from '../fixtures/harness.ts';

/** A server with a virtual call clock: the page moves it. */
export function testVirtualClock(holder: BrowserHolder): void {
  const harness = useHarness(holder, { clock: 'virtual' });

  it('moves the clock, and the call goes on', async () => {
    const page = await harness.open('#/calls');
    await harness.client.createCall('+12065550111', harness.receiver.url);
    await page.getByRole('link', { name: /\+12065550111/ }).click();
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await timeline.getByText('+12065550111 rings').waitFor();
    const clock = page.getByRole('group', { name: 'Virtual clock' });
    await clock.getByRole('button', { name: '+10 s' }).click();
    await eventually(() => clock.getByRole('button', { name: '+10 s' }).isEnabled()).toBe(true);
    expect(await timeline.getByText('is connected').count()).toBe(0);
    await clock.getByRole('button', { name: '+10 s' }).click();
    await timeline.getByText('+12065550111 is connected').waitFor();
    expect(await timeline.locator('li').filter({ hasText: 'is connected' }).locator('time').textContent()).toBe(
      '+15.0 s',
    );
    await page.getByText('Requests and callbacks').waitFor();
  });
}
