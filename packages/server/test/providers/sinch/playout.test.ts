import { expect, test, vi } from 'vitest';
import { RateConverter } from '../../../src/audio/rate-converter.ts';
import { Playout } from '../../../src/providers/sinch/streams/playout.ts';
import { createVirtualClock } from '../../../src/switchboard/virtual-clock.ts';

const rate = 16_000;
const limit = 2_500_000;

/** Ten seconds of one value, so that what is heard can be told apart. */
const tenSeconds = (value: number): Float32Array => new Float32Array(10 * rate).fill(value);

test('what comes faster than it sounds waits, and beyond 5 MB only the oldest of it goes', async () => {
  const clock = createVirtualClock();
  const heard: number[] = [];
  const playout = new Playout(rate, clock, ({ samples }) => heard.push(...samples));
  const parts = 18;
  for (let part = 0; part < parts; part++) {
    playout.take(tenSeconds((part + 1) / 100));
    // Some of it sounds meanwhile.
    await clock.advance(20);
  }
  await clock.advance(400_000);

  // What was handed over before the limit was reached, and then as much as is kept, whole parts of it.
  const sent = parts * 10 * rate;
  expect(heard.length).toBeLessThanOrEqual(limit + rate);
  expect(sent - heard.length).toBeLessThan(sent - limit + 10 * rate);
  expect(heard.at(-1)).toBe(Math.round(0.18 * 32_767));
});

test('nothing is lost below the limit, whatever the pieces that come', async () => {
  const clock = createVirtualClock();
  const heard: number[] = [];
  const playout = new Playout(rate, clock, ({ samples }) => heard.push(...samples));
  const wave = Float32Array.from({ length: 3 * rate }, (_, at) => Math.sin(at / 7) / 2);
  for (let at = 0; at < wave.length; at += 1234) playout.take(wave.slice(at, at + 1234));
  await clock.advance(10_000);
  expect(heard).toHaveLength(wave.length);
  expect(heard.slice(1000, 1010)).toEqual(Array.from(wave.slice(1000, 1010), (one) => Math.round(one * 32_767)));
});

test('minutes of audio in one message are converted as they sound, not when they come', async () => {
  const clock = createVirtualClock();
  const push = vi.spyOn(RateConverter.prototype, 'push');
  const converted = (): number => push.mock.calls.reduce((sum, [samples]) => sum + samples.length, 0);
  try {
    let heard = 0;
    const playout = new Playout(8_000, clock, ({ samples }) => (heard += samples.length));
    playout.take(new Float32Array(2_000_000).fill(0.5));
    // Two pieces of 200 ms at most: one that sounds, and what its filter needs beyond it.
    expect(converted()).toBeLessThanOrEqual(2 * 1_600);
    await clock.advance(10_000);
    expect(converted()).toBeLessThanOrEqual(8_000 * 10.4);
    expect(heard).toBeGreaterThanOrEqual(16_000 * 10);
    playout.close();
  } finally {
    push.mockRestore();
  }
});
