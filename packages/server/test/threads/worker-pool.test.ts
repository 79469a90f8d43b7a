import { afterEach, describe, expect, it } from 'vitest';
import { WorkerPool } from '../../src/threads/worker-pool.ts';

const entry = new URL('fixtures/moody-worker.js', import.meta.url);
const pools: WorkerPool<string, Int16Array>[] = [];
afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.close())));

function poolOf(size: number) {
  const pool = new WorkerPool<string, Int16Array>({
    entry,
    size,
    timeoutMs: (text) => (text === 'hang' ? 100 : 50_000),
    name: 'speech',
    describe: (text) => `for ${text.length} characters`,
    error: (problem) => new Error(problem),
  });
  pools.push(pool);
  return async (text: string) => String.fromCharCode(...(await pool.run(text)));
}

describe('the threads that work', () => {
  it.each([1, 3])('answer each job with its own result, with %i of them', async (size) => {
    const run = poolOf(size);
    const texts = Array.from({ length: 20 }, (_, index) => `job ${index}`);
    expect(await Promise.all(texts.map(run))).toEqual(texts);
  });

  it.each([
    ['throw', 'the speech thread crashed: out of mood'],
    ['exit', 'the speech thread ended with exit code 3'],
    ['fail', 'flite ended with exit code 1'],
  ])('fail one job alone when it makes them %s', async (text, message) => {
    const run = poolOf(1);
    const [before, bad, after] = await Promise.allSettled([run('before'), run(text), run('after')]);
    expect(before).toEqual({ status: 'fulfilled', value: 'before' });
    expect(bad).toEqual({ status: 'rejected', reason: new Error(message) });
    expect(after).toEqual({ status: 'fulfilled', value: 'after' });
  });

  it('are replaced when one hangs', async () => {
    const run = poolOf(1);
    const [bad, after] = await Promise.allSettled([run('hang'), run('after')]);
    expect(bad).toEqual({
      status: 'rejected',
      reason: new Error('speech took longer than 100 ms for 4 characters'),
    });
    expect(after).toEqual({ status: 'fulfilled', value: 'after' });
  });
});
