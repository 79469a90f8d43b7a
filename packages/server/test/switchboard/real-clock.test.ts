import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RealClock } from '../../src/switchboard/real-clock.ts';

// The world's time is stood in for: what is under test is what the clock asks of it.
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => vi.useRealTimers());

test('runs an action when its time has come, and not before', () => {
  const clock = new RealClock();
  const started = clock.now();
  const ran: number[] = [];
  clock.after(100, () => ran.push(clock.now() - started));
  vi.advanceTimersByTime(99);
  expect(ran).toEqual([]);
  vi.advanceTimersByTime(2);
  expect(ran).toEqual([100]);
});

test('waits longer than Node can at a time', () => {
  const clock = new RealClock();
  const ran: string[] = [];
  const fortyDaysMs = 40 * 86_400_000;
  clock.after(fortyDaysMs, () => ran.push('ran'));
  vi.advanceTimersByTime(fortyDaysMs - 1000);
  expect(ran).toEqual([]);
  vi.advanceTimersByTime(2000);
  expect(ran).toEqual(['ran']);
});

test('does not run what was prevented, nor anything once it is closed', () => {
  const clock = new RealClock();
  const ran: string[] = [];
  clock.after(10, () => ran.push('prevented'))();
  clock.after(20, () => ran.push('closed'));
  clock.close();
  vi.advanceTimersByTime(1000);
  expect(ran).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

test('follows the date forward, as after a sleep, but never back', () => {
  const clock = new RealClock();
  const before = clock.now();
  vi.setSystemTime(before + 3_600_000);
  expect(clock.now() - before).toBe(3_600_000);
  vi.setSystemTime(before);
  vi.advanceTimersByTime(5);
  expect(clock.now() - before).toBe(3_600_005);
});

test('a date that is changed moves no timer', () => {
  const clock = new RealClock();
  const ran: string[] = [];
  clock.after(100, () => ran.push('ran'));
  vi.setSystemTime(clock.now() - 3_600_000);
  vi.advanceTimersByTime(101);
  expect(ran).toEqual(['ran']);
});

test('tells the time in whole milliseconds since the epoch', () => {
  vi.useRealTimers();
  const now = new RealClock().now();
  expect(Number.isInteger(now)).toBe(true);
  expect(Math.abs(now - Date.now())).toBeLessThan(5000);
});
