import { expect, it } from 'vitest';
import { startCallbackReceiver } from '../fixtures/callback-receiver.ts';
import { furtherIt } from '../fixtures/further-it.ts';
import { useHarness, type BrowserHolder } from '../fixtures/harness.ts';

/** Calls: the list, the timeline with its callbacks, the audio of the legs, the recording. */
export function testCalls(holder: BrowserHolder): void {
  const harness = useHarness(holder);

  it('follows a call live: states, keys, media, requests and callbacks, each where it belongs', async () => {
    const page = await harness.open('#/calls');
    await page.getByText('No call yet').waitFor();
    const connection = await harness.client.createCall('+12065550115', harness.receiver.url);
    await page.getByRole('link', { name: /\+12065550115/ }).click();
    const timeline = page.getByRole('region', { name: 'Timeline' });
    await timeline.getByText('+12065550115 rings').waitFor();
    harness.server.control.phone('+12065550115').answer();
    await timeline.getByText('+12065550115 is connected').waitFor();
    await harness.client.recognizeKeys(connection, '+12065550115', 'Your number, please.');
    await timeline.getByText(/hears “Your number, please.”/).waitFor();
    harness.server.control.phone('+12065550115').press('42#');
    await timeline.getByText('+12065550115 presses 42#').waitFor();
    await timeline.getByText('Recognized the keys 42').waitFor();
    await timeline.getByText(/:recognize/).waitFor();
    await timeline.getByText('RecognizeCompleted', { exact: true }).waitFor();
    harness.server.control.phone('+12065550115').hangUp();
    await timeline.getByText(/The call ends/).waitFor();
    await page.getByRole('article').getByText('ended', { exact: true }).first().waitFor();
    expect(await timeline.getByText(/Timer set/).count()).toBe(0);
    await timeline.getByRole('checkbox', { name: /timers/ }).check();
    expect(await timeline.getByText(/Timer set/).count()).toBeGreaterThan(0);
  });

  it('opens an event’s delivery: the attempt, the claims of its token, its body; and sends it again', async () => {
    const [call] = harness.server.control.calls();
    const page = await harness.open(`#/calls/${encodeURIComponent(call?.id ?? '')}`);
    const callback = page.locator('details').filter({ has: page.getByText('CallConnected', { exact: true }) });
    await callback.locator('summary').first().click();
    const claims = callback.getByRole('region', { name: /^The token/ });
    await claims.getByText('c0157e51-0000-4000-8000-000000000001').waitFor();
    const text = await claims.textContent();
    expect(text).toContain('RS256');
    expect(text).toMatch(/aud.*iss.*|iss.*aud.*/);
    expect(await callback.getByRole('region', { name: /^body of/ }).textContent()).toContain(
      'Microsoft.Communication.CallConnected',
    );
    expect(await callback.getByRole('listitem').count()).toBe(1);
    await callback.getByRole('button', { name: 'Send it again' }).click();
    await expect.poll(() => callback.getByRole('listitem').count()).toBe(2);
  });

  it('draws what a leg heard, and plays it from where one clicks', async () => {
    const [call] = harness.server.control.calls();
    const page = await harness.open(`#/calls/${encodeURIComponent(call?.id ?? '')}`);
    const heard = page.getByRole('img', { name: 'Waveform: what +12065550115 heard' });
    await heard.waitFor();
    const bars = await heard.evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      const heights = new Map<number, number>();
      for (let at = 3; at < data.length; at += 4) {
        const column = ((at - 3) / 4) % canvas.width;
        if ((data[at] ?? 0) > 0) heights.set(column, (heights.get(column) ?? 0) + 1);
      }
      return [...heights.values()];
    });
    expect(Math.max(...bars)).toBeGreaterThan(20);
    expect(Math.min(...bars)).toBeLessThan(5);
    const words = page.getByRole('list', { name: 'Words of what +12065550115 heard' });
    expect(await words.getByRole('listitem').allTextContents()).toEqual([
      expect.stringMatching(/^\d+\.\d s Your number, please\. \d/),
    ]);
    expect(await words.locator('[aria-current]').count()).toBe(0);
    await page.getByRole('button', { name: /Your number, please/ }).click();
    await words.locator('[aria-current]').getByText('Your number, please.').waitFor();
    const audio = page.locator('audio').first();
    await expect.poll(() => audio.evaluate((element: HTMLAudioElement) => element.currentTime)).toBeGreaterThan(0.3);
  });

  it('says of an undelivered callback what each attempt met', async () => {
    const gone = await startCallbackReceiver();
    await gone.close();
    await harness.client.createCall('+12065550110', gone.url);
    const page = await harness.open('#/calls');
    await page.getByRole('link', { name: /\+12065550110/ }).click();
    const callback = page.locator('details').filter({ has: page.getByText('CallConnected', { exact: true }) });
    await callback.getByText('refused', { exact: true }).first().waitFor();
    await callback.locator('summary').first().click();
    await callback
      .getByText(/ECONNREFUSED|nobody/i)
      .first()
      .waitFor();
  });

  furtherIt('checks the signature of a Sinch callback and shows the string that it is over', async () => {
    await harness.client.configureSinchCallbacks(harness.receiver.url);
    await harness.client.speakTo('+12065550112', 'Hello.', true);
    const page = await harness.open('#/calls');
    await page.getByRole('link', { name: /\+12065550112/ }).click();
    const callback = page.locator('details').filter({ has: page.getByText('dice', { exact: true }) });
    await callback.getByText('200', { exact: true }).first().waitFor();
    await callback.locator('summary').first().click();
    await callback.getByText('Signed with the application’s key: right.').waitFor();
    expect(await callback.getByRole('region', { name: /^string that/ }).textContent()).toContain('/events');
  });

  furtherIt('plays the recording of a call', async () => {
    const connection = await harness.client.createCall('+12065550122', harness.receiver.url);
    const connected = await harness.server.control.waitFor(
      (event) =>
        event.type === 'call' &&
        event.event.type === 'leg-answered' &&
        event.call.legs[0]?.party.kind === 'phone' &&
        event.call.legs[0].party.number === '+12065550122',
      { timeoutMs: 30_000 },
    );
    const recording = await harness.client.startRecording(connection);
    expect(recording).not.toBe('');
    const id = connected.type === 'call' ? connected.call.id : '';
    await harness.client.play(connection, 'This call is recorded.');
    await harness.server.control.waitFor(
      (event) => event.type === 'call' && event.call.id === id && event.event.type === 'play-completed',
      { timeoutMs: 30_000 },
    );
    await harness.client.stopRecording(recording);
    const page = await harness.open(`#/calls/${encodeURIComponent(id)}`);
    await page.getByRole('region', { name: 'Timeline' }).getByText('Recording begins').waitFor();
    const waveform = page.getByRole('img', { name: /^Waveform: recording/ });
    await waveform.waitFor();
    expect(await waveform.getAttribute('aria-label')).toMatch(/, [1-9][\d.]* s$/);
    const words = page.getByRole('list', { name: /^Words of recording/ });
    await words.getByText('application: This call is recorded.').waitFor();
  });
}
