import { afterEach, expect, test, vi } from 'vitest';
import type { ControlParts } from '../../src/control/control-parts.ts';
import { streamLeg } from '../../src/control/stream-leg.ts';
import { bounds } from '../../src/bounded/bounds.ts';
import { audioTrack } from '../../src/engine/audio.ts';
import type { AudioEntry, Leg } from '../../src/engine/call.ts';

afterEach(() => void vi.useRealTimers());

test('a live listener costs what sounds now, not what has sounded in the call', () => {
  vi.useFakeTimers();
  let looks = 0;
  const count = 20_000;
  const entries = Array.from({ length: count }, (_, index): AudioEntry => {
    const entry = { startedAtMs: index * 1000, durationMs: 1000 };
    return Object.defineProperty(entry, 'media', { get: () => ((looks += 1), 'm'), enumerable: true }) as AudioEntry;
  });
  const leg = { id: 'leg', invitedAtMs: 0, answeredAtMs: 0, heard: audioTrack(entries) } as unknown as Leg;
  let nowMs = (count - 5) * 1000;
  const parts = {
    switchboard: { call: () => ({ legs: new Map([['leg', leg]]) }) },
    clock: { now: () => nowMs },
    media: () => undefined,
  } as unknown as ControlParts;
  const stream = streamLeg(parts, 'call', 'leg');
  for (let tick = 0; tick < 10; tick++) {
    nowMs += 200;
    vi.advanceTimersByTime(200);
  }
  expect((stream.read() as Buffer).length).toBe(44 + 2 * 32_000);
  expect(looks).toBeLessThan(100);
  stream.destroy();
});

test('a leap of the virtual clock gives a live listener its last seconds, not all of it', () => {
  vi.useFakeTimers();
  const leg = { id: 'leg', invitedAtMs: 0, answeredAtMs: 0, heard: audioTrack([]) } as unknown as Leg;
  let nowMs = 0;
  const parts = {
    switchboard: { call: () => ({ legs: new Map([['leg', leg]]) }) },
    clock: { now: () => nowMs },
    media: () => undefined,
  } as unknown as ControlParts;
  const stream = streamLeg(parts, 'call', 'leg');
  nowMs += 600_000;
  vi.advanceTimersByTime(200);
  const { bytes, items } = bounds['live-listeners'];
  const { length } = stream.read() as Buffer;
  // Some seconds at least: 32,000 bytes each, after a header of 44.
  expect(length).toBeGreaterThan(44 + 32_000);
  expect(length).toBeLessThanOrEqual(bytes / items);
  stream.destroy();
});
