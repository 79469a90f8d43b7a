import type { VirtualClock } from '../contract/clock.ts';
import { ControlError } from './control-error.ts';
import type { ControlParts } from './control-parts.ts';

/**
 * Moves a virtual clock on: due timers run in order, and all work that follows from each is waited for.
 *
 * @throws ControlError 409 on a real clock
 */
export async function advanceClock({ clock, feed }: Pick<ControlParts, 'clock' | 'feed'>, ms: number): Promise<void> {
  if (!isVirtual(clock)) {
    const message = 'the server runs on the real clock; start it with the virtual clock to advance time';
    throw new ControlError(409, 'clock/real', message);
  }
  await clock.advance(ms);
  feed.publish({ type: 'clock', nowMs: clock.now() });
}

function isVirtual(clock: ControlParts['clock']): clock is VirtualClock {
  return clock.kind === 'virtual';
}
