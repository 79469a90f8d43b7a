import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DueItem, TimerHeap } from '../../src/switchboard/timer-heap.ts';
import { createVirtualClock } from '../../src/switchboard/virtual-clock.ts';

/** A promise and what settles it. */
function deferred<T>() {
  let resolve!: (value: T) => void;
  let reject!: (error: Error) => void;
  const promise = new Promise<T>((whenDone, whenFailed) => {
    resolve = whenDone;
    reject = whenFailed;
  });
  return { promise, resolve, reject };
}

describe('advancing', () => {
  test('moves time on exactly as far as asked', async () => {
    const clock = createVirtualClock({ startAtMs: 1000 });
    await clock.advance(250);
    expect(clock.now()).toBe(1250);
    await clock.advance(0);
    expect(clock.now()).toBe(1250);
  });

  test('runs what is due in order, each at its time; at one time, what was set first', async () => {
    const clock = createVirtualClock({ startAtMs: 0 });
    const ran: string[] = [];
    for (const [name, ms] of [
      ['late', 30],
      ['first', 10],
      ['second', 10],
      ['after', 31],
    ] as const) {
      clock.after(ms, () => ran.push(`${name} ${clock.now()}`));
    }
    await clock.advance(30);
    expect(ran).toEqual(['first 10', 'second 10', 'late 30']);
  });

  test('runs what a timer sets, when it falls due on the way', async () => {
    const clock = createVirtualClock({ startAtMs: 0 });
    const ran: number[] = [];
    const tick = (): void => {
      ran.push(clock.now());
      clock.after(10, tick);
    };
    clock.after(10, tick);
    await clock.advance(35);
    expect(ran).toEqual([10, 20, 30]);
  });

  test('does not run what was prevented', async () => {
    const clock = createVirtualClock();
    const ran: string[] = [];
    const prevent = clock.after(10, () => ran.push('prevented'));
    clock.after(20, () => ran.push('kept'));
    prevent();
    prevent();
    await clock.advance(20);
    prevent();
    expect(ran).toEqual(['kept']);
  });

  test('twice at a time happens one after the other', async () => {
    const clock = createVirtualClock({ startAtMs: 0 });
    const seen: number[] = [];
    await Promise.all([
      clock.advance(10).then(() => seen.push(clock.now())),
      clock.advance(20).then(() => seen.push(clock.now())),
    ]);
    expect(seen).toEqual([10, 30]);
  });

  test.each([[-1], [Number.NaN], [Number.POSITIVE_INFINITY]])('by %s is refused', async (ms) => {
    await expect(createVirtualClock().advance(ms)).rejects.toThrow(RangeError);
  });

  test('past a timer that sets itself again at once is an error that says when', async () => {
    const clock = createVirtualClock({ startAtMs: Date.UTC(2026, 0, 1), maxTimersPerInstant: 100 });
    const loop = (): void => void clock.after(0, loop);
    clock.after(1000, loop);
    await expect(clock.advance(5000)).rejects.toThrow(
      'does not get past 2026-01-01T00:00:01.000Z: 100 timers ran at that instant',
    );
  });
});

describe('pending work', () => {
  test('is awaited before the next timer runs, and so is what follows from it', async () => {
    const clock = createVirtualClock({ startAtMs: 0 });
    const ran: string[] = [];
    clock.after(10, () => {
      void clock.awaiting(Promise.resolve('one')).then(async (result) => {
        ran.push(`${result} ${clock.now()}`);
        await clock.awaiting(new Promise((resolve) => setTimeout(resolve, 3)));
        ran.push(`two ${clock.now()}`);
      });
    });
    clock.after(11, () => ran.push(`timer ${clock.now()}`));
    await clock.advance(20);
    expect(ran).toEqual(['one 10', 'two 10', 'timer 11']);
  });

  test('is awaited at the end of an advance and by settle, which moves no time', async () => {
    const clock = createVirtualClock({ startAtMs: 0 });
    const ran: string[] = [];
    clock.after(10, () => void clock.awaiting(Promise.resolve()).then(() => ran.push('at the end')));
    await clock.advance(10);
    expect(ran).toEqual(['at the end']);
    void clock.awaiting(Promise.resolve()).then(() => ran.push('settled'));
    await clock.settle();
    expect(ran).toEqual(['at the end', 'settled']);
    expect(clock.now()).toBe(10);
  });

  test('is handed over while nobody advances, too', async () => {
    const clock = createVirtualClock();
    await expect(clock.awaiting(Promise.resolve(7))).resolves.toBe(7);
  });

  test('of one order is handed over as it was begun, whatever is done first', async () => {
    const clock = createVirtualClock();
    const [slow, quick, other] = [deferred<string>(), deferred<string>(), deferred<string>()];
    const handed: string[] = [];
    const take = (result: string): number => handed.push(result);
    void clock.awaiting(slow.promise, { description: 'slow', orderedBy: 'call' }).then(take);
    void clock.awaiting(quick.promise, { description: 'quick', orderedBy: 'call' }).then(take);
    void clock.awaiting(other.promise, { description: 'other' }).then(take);
    quick.resolve('quick');
    other.resolve('other');
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(handed).toEqual(['other']);
    slow.resolve('slow');
    await clock.settle();
    expect(handed).toEqual(['other', 'slow', 'quick']);
  });

  test('that fails passes its error on, and holds nothing up', async () => {
    const clock = createVirtualClock();
    const failed = clock.awaiting(Promise.reject(new Error('boom')), { description: 'x', orderedBy: 'call' });
    const next = clock.awaiting(Promise.resolve('fine'), { description: 'y', orderedBy: 'call' });
    await expect(failed).rejects.toThrow('boom');
    await expect(next).resolves.toBe('fine');
    await clock.advance(1);
  });

  test('that is never done is an error that names it', async () => {
    const clock = createVirtualClock({ patienceMs: 20 });
    void clock.awaiting(new Promise(() => {}), { description: 'a callback to http://localhost:1/' });
    await expect(clock.advance(1)).rejects.toThrow('it has waited 0.02 s for a callback to http://localhost:1/');
  });

  test('that leads to work without end is an error', async () => {
    const clock = createVirtualClock({ maxWorkPerInstant: 100 });
    let isOver = false;
    const loop = (): void => {
      if (!isOver) void clock.awaiting(Promise.resolve(), { description: 'another round' }).then(loop);
    };
    loop();
    await expect(clock.settle()).rejects.toThrow(
      'after 100 pieces of work at one instant there is still another round',
    );
    isOver = true;
  });
});

test('a heap gives what is due first, first, and only what is kept', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 200 }), fc.nat(3), (times, dropEvery) => {
      const items: DueItem[] = times.map((dueAtMs, order) => ({ dueAtMs, order }));
      const fits = ({ order }: DueItem): boolean => dropEvery === 0 || order % (dropEvery + 1) !== 0;
      const heap = new TimerHeap<DueItem>();
      for (const item of items) heap.add(item);
      heap.prune(fits);
      const taken: DueItem[] = [];
      for (let next = heap.take(); next; next = heap.take()) taken.push(next);
      const expected = items.filter(fits).toSorted((a, b) => a.dueAtMs - b.dueAtMs || a.order - b.order);
      expect(taken).toEqual(expected);
      expect(heap.size).toBe(0);
    }),
  );
});
