import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairQueue } from '../../src/threads/fair-queue.ts';

/** Takes everything, in order. */
function drain<Job>(queue: FairQueue<Job>): Job[] {
  const taken: Job[] = [];
  for (let job = queue.take(); job !== undefined; job = queue.take()) taken.push(job);
  return taken;
}

describe('a queue in which calls take turns', () => {
  it('gives each call one turn after the other, however much one of them asks for', () => {
    const queue = new FairQueue<string>();
    for (const job of ['a1', 'a2', 'a3', 'a4']) queue.add(job, ['a']);
    for (const job of ['b1', 'b2']) queue.add(job, ['b']);
    queue.add('c1', ['c']);
    expect(queue.size).toBe(7);
    expect(drain(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4']);
    expect(queue.size).toBe(0);
  });

  it('gives whoever comes later its turn before those who have had theirs', () => {
    const queue = new FairQueue<string>();
    for (let index = 0; index < 100; index++) queue.add(`long ${index}`, ['long']);
    expect([queue.take(), queue.take()]).toEqual(['long 0', 'long 1']);
    queue.add('short', ['short']);
    expect(queue.take()).toBe('short');
    queue.add('again', ['short']);
    expect([queue.take(), queue.take()]).toEqual(['long 2', 'again']);
  });

  it('gives a long line its turn at last, even if ever new ones come', () => {
    const queue = new FairQueue<string>();
    for (const job of ['first', 'second']) queue.add(job, ['long']);
    expect(queue.take()).toBe('first');
    let others = 0;
    queue.add('new', ['line -1']);
    for (let job = queue.take(); job !== 'second'; job = queue.take()) queue.add('new', [`line ${others++}`]);
    expect(others).toBeLessThanOrEqual(10_000);
  });

  it('does once what several calls want, as soon as the first of them has its turn', () => {
    const queue = new FairQueue<string>();
    queue.add('a1', ['a']);
    queue.add('a2', ['a']);
    const shared = queue.add('shared', ['a']);
    queue.join(shared, 'b');
    expect(drain(queue)).toEqual(['a1', 'shared', 'a2']);
    queue.join(shared, 'c');
    expect(drain(queue)).toEqual([]);
  });

  it('drops what its last call does not want any more, and nothing before', () => {
    const queue = new FairQueue<string>();
    const [shared, other] = [queue.add('shared', ['a', 'b']), queue.add('other', ['a'])];
    expect(queue.leave(shared, 'a')).toBe(false);
    expect(queue.leave(shared, 'nobody')).toBe(false);
    expect(queue.leave(other, 'a')).toBe(true);
    expect(queue.size).toBe(1);
    expect(other.job).toBeUndefined();
    expect(drain(queue)).toEqual(['shared']);
    expect(queue.leave(shared, 'b')).toBe(false);
  });

  it('hands out every job once and in the order of its line, whoever joins and leaves', () => {
    const action = fc.record({
      line: fc.nat(4),
      also: fc.option(fc.nat(4)),
      leaves: fc.boolean(),
      takes: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), (actions) => {
        const queue = new FairQueue<number>();
        const wanted = new Set<number>();
        const taken: number[] = [];
        const take = (): void => {
          const job = queue.take();
          if (job !== undefined) taken.push(job);
        };
        for (const [job, { line, also, leaves, takes }] of actions.entries()) {
          const place = queue.add(job, [`${line}`]);
          wanted.add(job);
          if (also !== null) queue.join(place, `${also}`);
          if (leaves && queue.leave(place, `${line}`)) wanted.delete(job);
          if (takes) take();
          expect(queue.size).toBe(wanted.size - taken.length);
        }
        while (queue.size > 0) take();
        expect(taken.toSorted((one, other) => one - other)).toEqual([...wanted]);
        const alone = taken.filter((job) => actions[job]?.line === 0 && actions[job]?.also === null);
        expect(alone).toEqual(alone.toSorted((one, other) => one - other));
      }),
    );
  });
});
