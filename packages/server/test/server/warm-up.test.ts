import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { RefusalExplainer } from '../../src/exchanges/diagnose-refusal.ts';
import { startServer } from '../../src/server.ts';

const warmUp = vi.spyOn(RefusalExplainer.prototype, 'warmUp');

beforeEach(() => {
  warmUp.mockReset().mockResolvedValue();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => void vi.useRealTimers());

/** Lets the time go by after which a server would warm up. */
const aWhile = () => vi.advanceTimersByTimeAsync(1_000);

describe('the diagnosis is warmed up shortly after the start', () => {
  test('of a server on the real clock, and what goes wrong with it is reported and harms nobody', async () => {
    warmUp.mockRejectedValue(new Error('no memory left'));
    const problems: string[] = [];
    const server = await startServer({ port: 0, onProblem: (problem) => problems.push(problem) });
    expect(warmUp).not.toHaveBeenCalled();
    await aWhile();
    expect(warmUp).toHaveBeenCalledOnce();
    expect(problems).toEqual([expect.stringContaining('no memory left')]);
    await server.close();
  });

  test('not of one that was closed before', async () => {
    const server = await startServer({ port: 0 });
    await server.close();
    await aWhile();
    expect(warmUp).not.toHaveBeenCalled();
  });

  test('not of one that does not diagnose, nor of one in virtual time', async () => {
    const servers = await Promise.all([
      startServer({ port: 0, diagnoseRefusals: 'never' }),
      startServer({ port: 0, clock: 'virtual' }),
    ]);
    await aWhile();
    expect(warmUp).not.toHaveBeenCalled();
    await Promise.all(servers.map((server) => server.close()));
  });
});
