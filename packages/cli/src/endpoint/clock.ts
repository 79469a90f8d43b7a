import { setTimeout as wait } from 'node:timers/promises';

/** The time, and a way to let it pass. */
export interface Clock {
  readonly now: () => Date;
  readonly sleep: (milliseconds: number) => Promise<void>;
}

/** The time of this machine. */
export const wallClock: Clock = {
  now: () => new Date(),
  sleep: async (milliseconds) => void (await wait(milliseconds)),
};

/**
 * Spaces steps out: resolves when the next one may begin, `perSecond` of them a second at most. The first begins at once.
 */
export function pace(perSecond: number, { now, sleep }: Clock): () => Promise<void> {
  const gapMs = 1000 / perSecond;
  let nextMs = 0;
  return async () => {
    const waitMs = nextMs - now().getTime();
    if (waitMs > 0) await sleep(waitMs);
    nextMs = Math.max(nextMs, now().getTime()) + gapMs;
  };
}
