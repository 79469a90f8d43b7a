import type { CallClock } from '../../contract/clock.ts';

/** After a longer gap, as when the machine has slept, what would be sent is over. */
const maxBehindMs = 5000;

/**
 * Goes through time in frames, each as soon as it has passed, none left out and none longer: timers of the world's clock
 * are late, by a millisecond or two each time and by more on a busy machine.
 *
 * @param frameMs how long a frame is
 * @param take told of each frame
 * @returns what stops it
 */
export function eachFrame(
  clock: Pick<CallClock, 'now' | 'after'>,
  frameMs: number,
  take: (fromMs: number, toMs: number) => void,
): () => void {
  let passedMs = clock.now();
  const stopping = new AbortController();
  let stopTimer = (): void => {};
  const wait = (): void => {
    stopTimer = clock.after(Math.max(0, passedMs + frameMs - clock.now()), () => {
      if (clock.now() - passedMs > maxBehindMs) passedMs = clock.now() - frameMs;
      while (!stopping.signal.aborted && passedMs + frameMs <= clock.now()) {
        passedMs += frameMs;
        take(passedMs - frameMs, passedMs);
      }
      if (!stopping.signal.aborted) wait();
    });
  };
  wait();
  return () => {
    stopping.abort();
    stopTimer();
  };
}
