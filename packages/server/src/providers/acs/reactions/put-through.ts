import type { Call, EndCause } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { AcsCallState } from '../state/call-state.ts';
import type { Step } from './due-event.ts';

/**
 * Calls that no application controls: a redirected one is answered when its target answers, and whoever is left alone in
 * one (after a redirection, a transfer, or when the application has left) is let go.
 */
export function putThrough(event: CallEvent, state: AcsCallState, call: Call): Step {
  const { redirectedLeg } = state;
  if (event.type === 'leg-answered' && redirectedLeg !== undefined && event.leg !== redirectedLeg) {
    const isWaiting = byId(call.legs, redirectedLeg)?.state === 'ringing';
    return isWaiting ? { commands: [{ call: call.id, command: { type: 'answer', leg: redirectedLeg } }] } : {};
  }
  if (event.type !== 'leg-ended' || !leavesByItself.includes(event.cause)) return {};
  if (state.connections.live.length > 0) return {};
  const remaining = call.legs.live;
  const alone = remaining.first();
  if (remaining.length !== 1 || alone === undefined) return {};
  const waitsForApplication = alone.direction === 'inbound' && alone.state === 'ringing';
  if (waitsForApplication && redirectedLeg === undefined) return {};
  const cause = alone.state === 'connected' ? 'call-ended' : event.cause;
  return { commands: [{ call: call.id, command: { type: 'end-call', cause } }] };
}

/** A party left, or never came; the other causes are those of calls that end as a whole. */
const leavesByItself: readonly EndCause[] = ['hung-up', 'busy', 'declined', 'no-answer', 'unreachable'];
