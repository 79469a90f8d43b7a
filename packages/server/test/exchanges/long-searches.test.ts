import type { Diagnosis } from '@countersign/core/diagnose';
import { describe, expect, test } from 'vitest';
import { bounds } from '../../src/bounded/bounds.ts';
import type { DiagnosisJob } from '../../src/exchanges/diagnosis-job.ts';
import { LongSearches } from '../../src/exchanges/long-searches.ts';

const jobOf = (target: string, bytes = 0): DiagnosisJob => ({
  scheme: 'acs-hmac',
  credential: { secret: 'c2VjcmV0' },
  alsoSecrets: [],
  message: { method: 'POST', target, headers: [], body: new Uint8Array(bytes) },
  nowMs: 0,
  publicHosts: [],
  callerHoldsKey: false,
  budget: {},
});

/** A thread whose searches end when the test says so. */
function heldThread() {
  const asked: string[] = [];
  const endings: (() => void)[] = [];
  const thread = {
    run: ({ message }: DiagnosisJob) => {
      asked.push(message.target);
      return new Promise<Diagnosis>((resolve) => endings.push(() => resolve({} as Diagnosis)));
    },
    close: async () => {},
  };
  const endOne = async (): Promise<void> => {
    endings.shift()?.();
    await new Promise(setImmediate);
  };
  return { thread, asked, endOne };
}

describe('searches at length', () => {
  test('come one after the other, and of those of one key only the newest', async () => {
    const { thread, asked, endOne } = heldThread();
    const searches = new LongSearches({ thread, onInternalError: (error) => expect.fail(error.message) });
    const told: string[] = [];
    for (const target of ['/1', '/2', '/3'])
      searches.add('one key', { job: jobOf(target), onResult: () => told.push(target) });
    searches.add('another', { job: jobOf('/4'), onResult: () => told.push('/4') });
    expect(asked).toEqual(['/1']);
    for (let n = 0; n < 3; n += 1) await endOne();
    expect(asked).toEqual(['/1', '/3', '/4']);
    expect(told).toEqual(asked);
    await searches.close();
  });

  test('that fail are reported, and the next one goes on', async () => {
    const problems: string[] = [];
    const run = ({ message: { target } }: DiagnosisJob) =>
      target === '/bad' ? Promise.reject(new Error('it broke')) : Promise.resolve({} as Diagnosis);
    const searches = new LongSearches({
      thread: { run, close: async () => {} },
      onInternalError: ({ message }) => problems.push(message),
    });
    const told = new Promise<void>((resolve) => {
      searches.add('a', { job: jobOf('/bad'), onResult: () => expect.unreachable() });
      searches.add('b', { job: jobOf('/good'), onResult: () => resolve() });
    });
    await told;
    expect(problems).toEqual(['it broke']);
  });

  test('that wait take no more memory than they may, however long each is', async () => {
    const { thread } = heldThread();
    const searches = new LongSearches({ thread, onInternalError: () => {} });
    for (let n = 0; n < 50; n += 1) searches.add(`k${n}`, { job: jobOf('/', 1_000_000), onResult: () => {} });
    expect(searches.waitingBytes).toBeGreaterThan(1_000_000);
    expect(searches.waitingBytes).toBeLessThanOrEqual(bounds['long-searches'].bytes);
    await searches.close();
    expect(searches.waitingBytes).toBe(0);
  });
});
