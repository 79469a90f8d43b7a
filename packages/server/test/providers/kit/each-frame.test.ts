import { describe, expect, test } from 'vitest';
import { eachFrame } from '../../../src/providers/kit/each-frame.ts';

/** A clock whose timers are late, as those of a machine are that has something else to do. */
function lateClock(lateMs: () => number) {
  let nowMs = 1000;
  let timers: { dueMs: number; action: () => void }[] = [];
  return {
    now: () => nowMs,
    after(afterMs: number, action: () => void) {
      const timer = { dueMs: nowMs + afterMs + lateMs(), action };
      timers.push(timer);
      return () => void (timers = timers.filter((one) => one !== timer));
    },
    /** Runs the next timer; returns whether there was one. */
    next(): boolean {
      const timer = timers.shift();
      if (!timer) return false;
      nowMs = timer.dueMs;
      timer.action();
      return true;
    },
  };
}

describe('time in frames', () => {
  test('has none left out and none twice, however late the timers are, and is never further behind', () => {
    const latenesses = [0, 1, 4, 37, 2, 0, 250];
    let turn = 0;
    const clock = lateClock(() => latenesses[turn++ % latenesses.length] ?? 0);
    const frames: [number, number][] = [];
    eachFrame(clock, 20, (fromMs, toMs) => frames.push([fromMs, toMs]));
    while (clock.now() < 11_000) {
      clock.next();
      expect(clock.now() - (frames.at(-1)?.[1] ?? 1000)).toBeLessThan(20);
    }
    expect(frames.map(([fromMs]) => fromMs)).toEqual(frames.map((_, index) => 1000 + 20 * index));
    expect(frames.every(([fromMs, toMs]) => toMs === fromMs + 20)).toBe(true);
  });

  test('goes on from now when the machine has slept', () => {
    const latenesses = [0, 3_600_000, 0];
    const clock = lateClock(() => latenesses.shift() ?? 0);
    const frames: number[] = [];
    eachFrame(clock, 20, (_fromMs, toMs) => frames.push(toMs));
    for (let turn = 0; turn < 3; turn++) clock.next();
    expect(frames).toEqual([1020, 3_601_040, 3_601_060]);
  });

  test('ends where it is stopped, in the middle of frames that are due', () => {
    const clock = lateClock(() => 200);
    const frames: number[] = [];
    const stop = eachFrame(clock, 20, (_fromMs, toMs) => {
      frames.push(toMs);
      if (frames.length === 3) stop();
    });
    clock.next();
    expect(frames).toEqual([1020, 1040, 1060]);
    expect(clock.next()).toBe(false);
  });
});
