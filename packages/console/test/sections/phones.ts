import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { furtherIt } from '../fixtures/further-it.ts';
import { useHarness, type BrowserHolder } from '../fixtures/harness.ts';

/** Phones: ring, answer, hear, press, speak, dial. */
export function testPhones(holder: BrowserHolder): void {
  const harness = useHarness(holder);

  const take = async (page: Page, number: string) => {
    await page.getByLabel('Be the phone', { exact: true }).fill(number);
    await page.getByRole('button', { name: 'Use it', exact: true }).click();
    const phone = page.getByRole('region', { name: `Phone +${number.replace(/\D/g, '')}` });
    await phone.waitFor();
    return phone;
  };

  it('has what other phones do beside those that are used here, and below them on a phone', async () => {
    const page = await harness.open('#/phones');
    const placeOf = async (name: string) => {
      const box = await page.getByRole('heading', { name, exact: true }).boundingBox();
      return box ?? { x: Number.NaN, y: Number.NaN };
    };
    await page.getByText('No phone in use').waitFor();
    const [phones, scripts] = [await placeOf('Phones'), await placeOf('Scripts')];
    expect(scripts.x).toBeGreaterThan(640);
    expect(Math.abs(scripts.y - phones.y)).toBeLessThan(20);
    await page.setViewportSize({ width: 390, height: 844 });
    expect((await placeOf('Scripts')).x).toBe((await placeOf('Phones')).x);
  });

  it('rings in the page and its title, is answered there, and its audio really plays the prompt', async () => {
    const page = await harness.open('#/phones');
    await page.getByText('No phone in use').waitFor();
    const phone = await take(page, '+1 (425) 555-0123');
    const connection = await harness.client.createCall('+14255550123', harness.receiver.url);
    await phone.getByRole('alert').getByText('Call from +12065550100').waitFor();
    expect(await page.title()).toBe('☎ +14255550123 is ringing');
    await phone.getByRole('button', { name: 'Answer' }).click();
    await phone.getByText('In a call with +12065550100').waitFor();
    await harness.server.control.waitFor('CallConnected', { timeoutMs: 30_000 });
    await harness.client.play(connection, 'Hello. If you can read this, you can hear it, too, for it is quite long.');

    const audio = phone.locator('audio');
    const loudness = audio.evaluate(
      (element: HTMLAudioElement) =>
        new Promise<number>((resolve) => {
          const context = new AudioContext();
          const analyser = context.createAnalyser();
          new MediaStreamAudioSourceNode(context, { mediaStream: element.srcObject as MediaStream }).connect(analyser);
          const samples = new Float32Array(analyser.fftSize);
          const since = performance.now();
          const listen = setInterval(() => {
            analyser.getFloatTimeDomainData(samples);
            const peak = Math.max(...samples.map(Math.abs));
            if (peak < 0.05 && performance.now() - since < 7000) return;
            clearInterval(listen);
            resolve(peak);
          }, 20);
        }),
    );
    await phone.getByText('If you can read this').waitFor();
    expect(await loudness).toBeGreaterThan(0.05);
    const state = await audio.evaluate(({ readyState, currentTime, paused }: HTMLAudioElement) => ({
      readyState,
      currentTime,
      paused,
    }));
    expect(state.readyState).toBeGreaterThanOrEqual(2);
    expect(state.paused).toBe(false);
    await expect
      .poll(() => audio.evaluate((element: HTMLAudioElement) => element.currentTime))
      .toBeGreaterThan(state.currentTime + 0.2);
    await phone.getByRole('button', { name: 'Hang up' }).click();
    await phone.getByText('Waiting for a call').waitFor();
    const [call] = harness.server.control.calls();
    expect(call?.legs[0]?.cause).toBe('hung-up');

    // What was said stays to be read, and the way to the timeline, also in a page that is loaded anew.
    for (const arrive of [async () => {}, () => page.reload()]) {
      await arrive();
      await phone.getByText('The call with +12065550100 has ended: hung up.').waitFor();
      await phone.getByRole('list', { name: 'What was said' }).getByText('If you can read this').waitFor();
    }
    await phone.getByRole('link', { name: 'Timeline' }).click();
    await page.getByRole('region', { name: 'Timeline' }).getByText('+14255550123 is connected').waitFor();
  });

  furtherIt('rings aloud until it is answered, unless it is to be silent', async () => {
    const page = await harness.open('#/phones');
    await page.addInitScript(() => {
      const tones: { frequency: number; context: string; ended: boolean }[] = [];
      Object.assign(window, { tones });
      const create = AudioContext.prototype.createOscillator;
      AudioContext.prototype.createOscillator = function createOscillator(): OscillatorNode {
        const oscillator = create.call(this);
        const { start } = oscillator;
        oscillator.start = () => {
          const tone = { frequency: oscillator.frequency.value, context: this.state, ended: false };
          tones.push(tone);
          oscillator.addEventListener('ended', () => (tone.ended = true));
          start.call(oscillator);
        };
        return oscillator;
      };
    });
    await page.reload();
    const tones = () =>
      page.evaluate(
        () => (window as unknown as { tones: { frequency: number; ended: boolean; context: string }[] }).tones,
      );
    const phone = await take(page, '+14255550129');
    await harness.client.createCall('+14255550129', harness.receiver.url);
    await expect.poll(async () => (await tones()).map(({ frequency }) => frequency)).toEqual([440, 480]);
    expect((await tones()).map(({ context }) => context)).toEqual(['running', 'running']);
    await phone.getByRole('button', { name: 'Answer' }).click();
    await expect.poll(async () => (await tones()).every(({ ended }) => ended)).toBe(true);
    await phone.getByRole('button', { name: 'Hang up' }).click();
    await page.getByRole('checkbox', { name: 'ring aloud' }).uncheck();
    await harness.client.createCall('+14255550129', harness.receiver.url);
    await phone.getByRole('button', { name: 'Decline' }).click();
    expect(await tones()).toHaveLength(2);
  });

  it('presses keys and says what is typed, which the application recognizes', async () => {
    const page = await harness.open('#/phones/%2B14255550124');
    const phone = await take(page, '+14255550124');
    const connection = await harness.client.createCall('+14255550124', harness.receiver.url);
    await phone.getByRole('button', { name: 'Answer' }).click();
    const keys = phone.getByRole('group', { name: /^Keys of/ });
    await keys.waitFor();
    await harness.client.recognizeKeys(connection, '+14255550124', 'Your number.');
    await phone.getByText('Your number.').waitFor();
    await keys.getByRole('button', { name: '7', exact: true }).click();
    await keys.getByRole('button', { name: '7', exact: true }).press('8');
    await keys.getByRole('button', { name: 'pound' }).click();
    const isRecognized = (body: string): boolean => body.includes('RecognizeCompleted') && body.includes('"seven"');
    await expect.poll(() => harness.server.control.callbacks().some(({ body }) => isRecognized(body))).toBe(true);
    await phone.getByPlaceholder('Say something').fill('I would like to speak to somebody.');
    await phone.getByRole('button', { name: 'Say', exact: true }).click();
    await phone.getByRole('listitem').getByText('I would like to speak to somebody.').waitFor();
    await phone.getByRole('button', { name: 'Hang up' }).click();
  });

  it('declines a call', async () => {
    const page = await harness.open('#/phones');
    const phone = await take(page, '+14255550125');
    await harness.client.createCall('+14255550125', harness.receiver.url);
    await phone.getByRole('button', { name: 'Decline' }).click();
    await phone.getByText('Waiting for a call').waitFor();
    expect(harness.server.control.calls()[0]?.legs[0]?.cause).toBe('declined');
  });

  furtherIt('holds several phones side by side, and one goes on ringing while another is answered', async () => {
    const page = await harness.open('#/phones');
    const one = await take(page, '+14255550126');
    const other = await take(page, '+14255550127');
    await harness.client.createCall('+14255550126', harness.receiver.url);
    await harness.client.createCall('+14255550127', harness.receiver.url);
    await one.getByRole('button', { name: 'Answer' }).waitFor();
    await other.getByRole('button', { name: 'Answer' }).click();
    await other.getByText('In a call').waitFor();
    await page.getByRole('link', { name: /Phones 1 ringing/ }).waitFor();
    await one.getByRole('button', { name: 'Answer' }).waitFor();
    const places = await Promise.all([one.boundingBox(), other.boundingBox()]);
    expect(places[0]?.y).toBe(places[1]?.y);
    await page.getByRole('link', { name: 'Requests' }).click();
    expect(await page.locator('section.phone-connected audio').evaluate(({ paused }: HTMLAudioElement) => paused)).toBe(
      false,
    );
  });

  furtherIt('stays at hand with more calls than the browser has connections', async () => {
    const page = await harness.open('#/phones');
    const numbers = [0, 1, 2, 3, 4, 5].map((digit) => `+1425555014${digit}`);
    for (const number of numbers) await take(page, number);
    for (const number of numbers) await harness.client.createCall(number, harness.receiver.url);
    for (const number of numbers) {
      await page
        .getByRole('region', { name: `Phone ${number}` })
        .getByRole('button', { name: 'Answer' })
        .click();
    }
    const last = page.getByRole('region', { name: 'Phone +14255550145' });
    await last.getByText('Not heard').waitFor();
    await last.getByRole('button', { name: '9', exact: true }).click();
    await last.getByRole('list', { name: 'What was said' }).getByText('9').waitFor();
    await page.getByRole('region', { name: 'Phone +14255550140' }).getByRole('button', { name: 'Hang up' }).click();
    await expect.poll(() => page.getByText('Not heard').count()).toBe(2);
  });

  it('dials a number of an account: the application gets an incoming call', async () => {
    const page = await harness.open('#/phones', { expectErrors: /404/ });
    const phone = await take(page, '+14255550128');
    expect(await phone.getByRole('combobox').inputValue()).toBe('+12065550100');
    await phone.getByRole('button', { name: 'Dial' }).click();
    await phone.getByText('Calling +12065550100').waitFor();
    const [call] = harness.server.control.calls();
    expect(call?.legs[0]).toMatchObject({ direction: 'inbound', party: { kind: 'phone', number: '+14255550128' } });
    await phone.getByRole('button', { name: 'Hang up' }).click();
    await phone.getByText('Waiting for a call').waitFor();
    await phone.getByRole('combobox').fill('+19995550000');
    await phone.getByRole('button', { name: 'Dial' }).click();
    await phone.getByRole('alert').getByText('+19995550000 is no number of any account').waitFor();
  });

  furtherIt(
    'claims a test number, keeps it over a reload, and gives it back its script when it is released',
    async () => {
      const { control } = harness.server;
      const page = await harness.open('#/phones');
      await page.getByRole('button', { name: 'Use it +12065550101' }).click();
      await page.getByRole('region', { name: 'Phone +12065550101' }).waitFor();
      expect(control.phone('+12065550101').state().script).toEqual({ pickUp: 'manual' });
      await page.reload();
      const phone = page.getByRole('region', { name: 'Phone +12065550101' });
      await phone.getByRole('button', { name: 'Release' }).click();
      await page.getByText('No phone in use').waitFor();
      await expect.poll(() => control.phone('+12065550101').state().script).toEqual({ pickUp: 'busy' });
    },
  );
}
