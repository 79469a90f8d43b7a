import type { EndCause } from '../../../engine/call.ts';
import { byId } from '../../../engine/keyed.ts';
import type { StepAt } from './step.ts';

/** A redirected call, which no application controls, is answered when its target answers. */
export const answerRedirected: StepAt<'leg-answered'> = ({ leg }, { redirectedLeg }, call) => {
  if (redirectedLeg === undefined || leg === redirectedLeg) return {};
  const isWaiting = byId(call.legs, redirectedLeg)?.state === 'ringing';
  return isWaiting ? { commands: [{ call: call.id, command: { type: 'answer', leg: redirectedLeg } }] } : {};
};

/**
 * Whoever is left alone in a call that no application controls is let go: after a redirection or a transfer, or when the
 * application has left.
 */
export const releaseLastParty: StepAt<'leg-ended'> = (event, { connections, redirectedLeg }, call) => {
  if (!leavesByItself.includes(event.cause) || connections.live.length > 0) return {};
  const remaining = call.legs.live;
  const alone = remaining.first();
  if (remaining.length !== 1 || alone === undefined) return {};
  const waitsForApplication = alone.direction === 'inbound' && alone.state === 'ringing';
  if (waitsForApplication && redirectedLeg === undefined) return {};
  const cause = alone.state === 'connected' ? 'call-ended' : event.cause;
  return { commands: [{ call: call.id, command: { type: 'end-call', cause } }] };
};

/** A party left, or never came; the other causes are those of calls that end as a whole. */
const leavesByItself: readonly EndCause[] = ['hung-up', 'busy', 'declined', 'no-answer', 'unreachable'];
