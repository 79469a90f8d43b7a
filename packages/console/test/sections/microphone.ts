import type { Page } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { said } from '../fixtures/fake-microphone.ts';
import { useHarness, type BrowserHolder } from '../fixtures/harness.ts';
import { findPiece } from '../fixtures/likeness.ts';
import { startMediaStreamReceiver } from '../fixtures/media-stream.ts';
import { babble } from '../fixtures/spoken-wav.ts';

/** A tenth of each half second: no longer, because browsers drop and repeat some milliseconds now and then. */
const piecesOf = (sound: Int16Array): Int16Array[] =>
  Array.from({ length: sound.length / 8000 }, (_, index) => sound.subarray(index * 8000 + 3000, index * 8000 + 4600));
/** So alike is what was said to what is heard of it, through the browser's echo cancellation and two changes of rate. */
const alike = 0.8;

/** The microphone: what goes into it comes out of the call. */
export function testMicrophone(holder: BrowserHolder): void {
  const harness = useHarness(holder);

  it(
    'speaks into the call: what went in is in the recording and in the media stream',
    { timeout: 180_000 },
    async () => {
      const { client, server, receiver } = harness;
      const stream = await startMediaStreamReceiver();
      onTestFinished(() => stream.close());
      const number = '+14255550151';
      const page = await harness.open(`#/phones/${encodeURIComponent(number)}`);
      await page.getByRole('button', { name: 'Use it', exact: true }).click();
      const phone = page.getByRole('region', { name: `Phone ${number}` });
      await phone.waitFor();
      const connection = await client.createStreamedCall(number, receiver.url, stream.url);
      await phone.getByRole('button', { name: 'Answer' }).click();
      await server.control.waitFor('MediaStreamingStarted', { timeoutMs: 30_000 });
      await client.startRecording(connection);
      await phone.getByRole('button', { name: `Microphone of ${number}` }).click();
      await phone.getByRole('meter').waitFor();
      // Two and a half seconds at least, however late the browser delivers them.
      await expect.poll(() => stream.audibleMs()).toBeGreaterThan(2500);
      await expect
        .poll(() => phone.getByRole('meter').evaluate(({ value }: HTMLMeterElement) => value))
        .toBeGreaterThan(0.05);
      await phone.getByRole('button', { name: `Microphone of ${number}` }).click();
      await expect.poll(() => server.control.history(callOf()).at(-1)?.type).toBe('streamed-audio-cut');
      await phone.getByRole('button', { name: 'Hang up' }).click();
      await server.control.waitFor('CallDisconnected', { timeoutMs: 30_000 });

      const recorded = await recordingOf();
      for (const heard of [recorded, stream.samples()]) {
        const found = (sound: Int16Array) =>
          piecesOf(sound)
            .map((piece) => findPiece(piece, heard))
            .filter(({ likeness }) => likeness > alike);
        // Of the twelve pieces four or more went in whole meanwhile; a busy machine may lose one.
        expect(found(said).length).toBeGreaterThanOrEqual(3);
        // What was not said is not found.
        expect(found(babble(2, 2))).toEqual([]);
      }

      function callOf(): string {
        return server.control.calls()[0]?.id ?? '';
      }
      async function recordingOf(): Promise<Int16Array> {
        const base = `${server.url}/_control/calls/${encodeURIComponent(callOf())}`;
        const { recordings } = (await (await fetch(base)).json()) as { recordings: { id: string }[] };
        const file = await fetch(`${base}/recordings/${encodeURIComponent(recordings[0]?.id ?? '')}/audio.wav`);
        const samples = new Int16Array((await file.arrayBuffer()).slice(44));
        return samples.subarray(samples.findIndex((sample) => sample !== 0));
      }
    },
  );
}

/** What ends a microphone, and what keeps it from beginning, in words where the button is. */
export function testMicrophonesEnd(holder: BrowserHolder): void {
  const harness = useHarness(holder);

  /** A phone of its own in a call, in a page of its own. */
  async function inCall(number: string, prepare: (page: Page) => Promise<unknown> = async () => {}) {
    const page = await harness.open('');
    await prepare(page);
    await page.goto(`/#/phones/${encodeURIComponent(number)}`);
    await page.reload();
    await page.getByRole('button', { name: 'Use it', exact: true }).click();
    const phone = page.getByRole('region', { name: `Phone ${number}` });
    await phone.waitFor();
    await harness.client.createCall(number, harness.receiver.url);
    await phone.getByRole('button', { name: 'Answer' }).click();
    const button = phone.getByRole('button', { name: `Microphone of ${number}` });
    await button.waitFor();
    return { page, phone, button };
  }
  const types = (number: string): string[] => {
    const call = harness.server.control.calls().find(({ legs }) => JSON.stringify(legs[0]?.party).includes(number));
    return harness.server.control.history(call?.id ?? '').map(({ type }) => type);
  };

  it('comes with the end of the call, and the next call finds it off', async () => {
    const number = '+14255550152';
    const { phone, button } = await inCall(number);
    await button.click();
    await phone.getByRole('meter').waitFor();
    await expect.poll(() => types(number)).toContain('audio-streamed');
    harness.server.control.phone(number).hangUp();
    await phone.getByText('Waiting for a call').waitFor();
    await harness.client.createCall(number, harness.receiver.url);
    await phone.getByRole('button', { name: 'Answer' }).click();
    await button.waitFor();
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    expect(await phone.getByRole('meter').count()).toBe(0);
  });

  it('comes when another page speaks into the same phone, and says so', async () => {
    const number = '+14255550153';
    const { phone, button } = await inCall(number);
    await button.click();
    await phone.getByRole('meter').waitFor();
    const other = await harness.open(`#/phones/${encodeURIComponent(number)}`);
    await other.getByRole('button', { name: 'Use it', exact: true }).click();
    await other.getByRole('button', { name: `Microphone of ${number}` }).click();
    await other.getByRole('meter').waitFor();
    await phone.getByText('The microphone is off: another microphone speaks on this leg now.').waitFor();
    expect(await button.getAttribute('aria-pressed')).toBe('false');
    await other.getByRole('button', { name: `Microphone of ${number}` }).click();
    await expect.poll(() => types(number).filter((type) => type === 'streamed-audio-cut').length).toBe(2);
  });

  it.each([
    ['NotAllowedError', 'This page may not use the microphone.'],
    ['NotFoundError', 'This machine has no microphone.'],
  ])('is told where the browser gives none: %s', async (name, words) => {
    const number = name === 'NotFoundError' ? '+14255550154' : '+14255550155';
    const { phone, button } = await inCall(number, (page) =>
      page.addInitScript((kind) => {
        navigator.mediaDevices.getUserMedia = async () => {
          throw new DOMException('no', kind);
        };
      }, name),
    );
    await button.click();
    await phone.getByRole('alert').getByText(words).waitFor();
    expect(await button.isEnabled()).toBe(true);
    expect(types(number)).not.toContain('audio-streamed');
  });

  it('is told where the page is no secure one, which has nothing to ask', async () => {
    const { phone, button } = await inCall('+14255550156', (page) =>
      page.addInitScript(() => Object.defineProperty(navigator, 'mediaDevices', { value: undefined })),
    );
    await button.click();
    await phone.getByRole('alert').getByText('only to pages from localhost or over https').waitFor();
  });
}
