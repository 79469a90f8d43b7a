import { expect, test } from 'vitest';
import { compare } from '../compare.js';

/** Work that takes the time it says, on a clock of its own. */
function timedWork(): { clock: () => number; takes: (milliseconds: () => number) => () => void } {
  let now = 0;
  return { clock: () => now, takes: (milliseconds) => () => void (now += milliseconds()) };
}

test('the ratio says how many times faster ours is', async () => {
  const { clock, takes } = timedWork();
  const found = await compare(
    takes(() => 2),
    takes(() => 5),
    { clock, rounds: 5, roundMs: 30 },
  );
  expect(found).toEqual({ ratio: 2.5, spread: [2.5, 2.5], oursNs: 2e6, peerNs: 5e6 });
});

test('a machine that slows down for a while meets both, and the median forgets a single hiccup', async () => {
  const { clock, takes } = timedWork();
  let calls = 0;
  const slowed = (milliseconds: number) => (): number => milliseconds * (1 + Math.floor(calls++ / 400));
  const { ratio } = await compare(takes(slowed(1)), takes(slowed(2)), { clock, rounds: 25, roundMs: 10 });
  expect(ratio).toBeGreaterThan(1.7);
  expect(ratio).toBeLessThan(2.3);
});

test('promises are awaited', async () => {
  const { clock, takes } = timedWork();
  const work = takes(() => 4);
  const later = (): Promise<void> => Promise.resolve().then(work);
  const { ratio } = await compare(
    takes(() => 1),
    later,
    { clock, rounds: 3, roundMs: 8 },
  );
  expect(ratio).toBe(4);
});
