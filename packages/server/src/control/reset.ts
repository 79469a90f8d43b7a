import type { ControlParts } from './control-parts.ts';

/**
 * Brings the server back to how it started: live calls end (and report it, as ever), exchanges and settled callbacks are
 * forgotten, faults are switched off, phones follow the configuration again and have no text messages, and so does what providers keep outside
 * calls (numbers, callback URLs). Ended calls stay within their limit.
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
  faults.clear();
  phones.reset();
  resetProviders();
  feed.publish({ type: 'reset' });
}
