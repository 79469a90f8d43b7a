import type { ControlParts } from './control-parts.ts';

/**
 * Brings the server back to how it started. Live calls end without a report of it; calls, exchanges, callbacks (those on
 * their way, too) and events are forgotten; faults are switched off; phones follow the configuration again and have no
 * text messages, and so does what providers keep outside calls (numbers, callback URLs).
 */
export function resetServer({
  switchboard,
  journal,
  outbox,
  faults,
  phones,
  feed,
  resetProviders,
}: ControlParts): void {
  for (const call of switchboard.calls()) {
    if (call.endedAtMs === undefined) switchboard.dispatch(call.id, { type: 'end-call', cause: 'dropped' });
  }
  journal.clear();
  outbox.clear();
  switchboard.forgetEnded();
  faults.clear();
  phones.reset();
  resetProviders();
  feed.clear();
  feed.publish({ type: 'reset' });
}
