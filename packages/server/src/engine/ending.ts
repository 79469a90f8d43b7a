import type { CallId, EndCause, Leg, LegId } from './call.ts';
import { cancelOperation, operationsLostWithout } from './cancel.ts';
import type { Draft } from './draft.ts';
import { activeOperations, liveLegs } from './queries.ts';
import { stopRecording } from './recording.ts';
import { clearAllTimers, clearLegTimers } from './timers.ts';

/**
 * Ends a leg. What was under way on it ends first; when it was the last leg, the call ends with it, of the same cause.
 * Whether a party that is left alone stays is for the provider to say.
 */
export function endLeg(draft: Draft, leg: LegId, cause: EndCause): void {
  leave(draft, leg, cause, () => draft.record({ type: 'leg-ended', leg, cause }));
}

/** Takes a leg out of the call; another call takes it in. */
export function moveLegOut(draft: Draft, leg: LegId, to: CallId, staysOpen: boolean): void {
  leave(draft, leg, 'moved', () => draft.record({ type: 'leg-moved-out', leg, to }), staysOpen);
}

/** Ends the call: first what is under way, then the legs, then the call itself. Nothing follows. */
export function endCall(draft: Draft, cause: EndCause): void {
  for (const operation of activeOperations(draft.call)) cancelOperation(draft, operation.id, 'call-ended');
  for (const recording of draft.call.recordings.live) stopRecording(draft, recording);
  clearAllTimers(draft);
  for (const leg of liveLegs(draft.call)) {
    draft.record({ type: 'leg-ended', leg: leg.id, cause: legCause(leg, cause) });
  }
  draft.record({ type: 'call-ended', cause });
}

function leave(draft: Draft, leg: LegId, cause: EndCause, noteThatItLeft: () => void, staysOpen = false): void {
  for (const operation of operationsLostWithout(draft, leg)) cancelOperation(draft, operation.id, 'call-ended');
  clearLegTimers(draft, leg);
  const isLast = !staysOpen && draft.call.legs.live.every(({ id }) => id === leg);
  if (isLast) {
    for (const recording of draft.call.recordings.live) stopRecording(draft, recording);
    clearAllTimers(draft);
  }
  noteThatItLeft();
  if (isLast) draft.record({ type: 'call-ended', cause });
}

/** A party that was never answered did not hang up and was not dropped: its invitation was withdrawn. */
function legCause(leg: Leg, cause: EndCause): EndCause {
  const ofConnected: readonly EndCause[] = ['hung-up', 'dropped', 'call-ended', 'max-duration', 'transferred', 'moved'];
  return leg.state === 'ringing' && ofConnected.includes(cause) ? 'canceled' : cause;
}
