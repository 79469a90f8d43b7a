import { expect, test, vi } from 'vitest';
import { RateConverter } from '../../../src/audio/rate-converter.ts';
import { sinchBounds } from '../../../src/providers/sinch/protocol/bounds.ts';
import { ByteBudget } from '../../../src/bounded/byte-budget.ts';
import { Playout } from '../../../src/providers/sinch/streaming/playout.ts';
import { wireBytes } from '../../../src/providers/sinch/streaming/wire-audio.ts';
import { createVirtualClock } from '../../../src/switchboard/virtual-clock.ts';

const rate = 16_000;
const limit = 2_500_000;

/** Ten seconds of one value, so that what is heard can be told apart. */
const tenSeconds = (value: number): Buffer => wireBytes(new Float32Array(10 * rate).fill(value));
const room = (): ByteBudget => new ByteBudget(sinchBounds['stream-audio']);

test('what comes faster than it sounds waits, and beyond 5 MB only the oldest of it goes', async () => {
  const clock = createVirtualClock();
  const heard: number[] = [];
  const playout = new Playout(rate, clock, ({ samples }) => heard.push(...samples), room());
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
  const playout = new Playout(rate, clock, ({ samples }) => heard.push(...samples), room());
  const wave = Float32Array.from({ length: 3 * rate }, (_, at) => Math.sin(at / 7) / 2);
  for (let at = 0; at < wave.length; at += 1234) playout.take(wireBytes(wave.slice(at, at + 1234)));
  await clock.advance(10_000);
  expect(heard).toHaveLength(wave.length);
  expect(heard.slice(1000, 1010)).toEqual(Array.from(wave.slice(1000, 1010), (one) => Math.round(one * 32_767)));
});

test('samples that come one a message weigh what they are long, and nothing once they are discarded', () => {
  const shared = room();
  const playout = new Playout(rate, createVirtualClock(), () => {}, shared);
  const sample = Buffer.alloc(2, 1);
  const messages = 100_000;
  for (let at = 0; at < messages; at += 1) playout.take(sample);
  expect(shared.taken).toBeGreaterThan((messages - rate) * 2);
  expect(shared.taken).toBeLessThan(messages * 2 + 32 * 1024);
  playout.close();
  expect(shared.taken).toBe(0);
});

test('what waits in all streams is bounded together, and what a stream keeps is its newest', async () => {
  const shared = room();
  const clock = createVirtualClock();
  const streams = Array.from({ length: 8 }, () => {
    const heard: number[] = [];
    return { heard, playout: new Playout(rate, clock, ({ samples }) => heard.push(samples[0] ?? 0), shared) };
  });
  const minute = wireBytes(new Float32Array(60 * rate).fill(0.01));
  for (const { playout } of streams) for (let part = 0; part < 3; part++) playout.take(minute);
  expect(shared.taken).toBeLessThanOrEqual(sinchBounds['stream-audio'].bytes);
  const [first] = streams;
  first?.playout.take(wireBytes(new Float32Array(rate).fill(0.02)));
  await clock.advance(180_000);
  expect(first?.heard.at(-1)).toBe(Math.round(0.02 * 32_767));
  expect(shared.taken).toBe(0);
});

test.each([8_000, 44_100])('a long message at %i Hz is converted as it sounds, not when it comes', async (hz) => {
  const clock = createVirtualClock();
  const pushed = vi.spyOn(RateConverter.prototype, 'push');
  const converted = (): number => pushed.mock.calls.reduce((sum, [samples]) => sum + samples.length, 0);
  let heard = 0;
  const playout = new Playout(hz, clock, ({ samples }) => void (heard += samples.length), room());
  playout.take(wireBytes(new Float32Array(5 * hz).fill(0.1)));
  expect(converted()).toBeLessThanOrEqual(hz);
  await clock.advance(10_000);
  // The last ten milliseconds wait for what comes after them.
  expect(heard).toBe((5_000 - 10) * 16);
  expect(converted()).toBe(5 * hz);
  pushed.mockRestore();
});
