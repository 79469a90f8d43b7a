import { expect, it } from 'vitest';
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
    await expect.poll(() => clock.getByRole('button', { name: '+10 s' }).isEnabled()).toBe(true);
    expect(await timeline.getByText('is connected').count()).toBe(0);
    await clock.getByRole('button', { name: '+10 s' }).click();
    await timeline.getByText('+12065550111 is connected').waitFor();
    expect(await timeline.locator('li').filter({ hasText: 'is connected' }).locator('time').textContent()).toBe(
      '+15.0 s',
    );
    await page.getByText('Requests and callbacks').waitFor();
  });

  it('says where a call is placed that it goes on when the clock is moved', async () => {
    const page = await harness.open('');
    const door = page.getByRole('region', { name: 'Place a call now' });
    await door.getByRole('button', { name: 'Call and listen' }).click();
    await door.getByText('The clock of this server is virtual').waitFor();
    const forward = page.getByRole('group', { name: 'Virtual clock' }).getByRole('button', { name: '+10 s' });
    for (let step = 0; step < 3; step++) {
      await forward.click();
      await expect.poll(() => forward.isEnabled()).toBe(true);
    }
    await door.getByText('The call has ended.').waitFor();
    await door.getByText('This call was placed from your own browser').waitFor();
  });
}
