import type { EndCause, LegId } from '../../../engine/call.ts';
import { byId } from '../../../engine/keyed.ts';
import { diceFields } from '../callbacks/dice.ts';
import { endDetection } from './detection.ts';
import { leaveMenu } from './menu.ts';
import { outcomeOf } from '../state/outcome.ts';
import type { Turn } from './turn.ts';

/** Causes that lie with the party: the server has not ended the rest of the call yet. */
const ownCauses: readonly EndCause[] = [
  'hung-up',
  'busy',
  'declined',
  'no-answer',
  'unreachable',
  'canceled',
  'failed',
];

/** A party has left, or was never reached: the call ends with it. */
export function partyLeft(turn: Turn, leg: LegId, cause: EndCause): void {
  const { caller, callee, membership } = turn.state;
  const who = leg === caller ? 'caller' : leg === callee ? 'callee' : undefined;
  if (who === undefined) return;
  const wasInRoom = membership?.room !== undefined && membership.leg === leg;
  const isDecided = turn.state.outcome !== undefined;
  if (cause === 'hung-up') leaveMenu(turn);
  if (leg === callee) endDetection(turn);
  const wasAnswered = who === 'caller' || wasInRoom ? turn.state.answeredAtMs !== undefined : hadAnswered(turn, leg);
  turn.set({
    outcome: turn.state.outcome ?? outcomeOf(cause, wasAnswered, who, byId(turn.call.legs, leg)?.party.kind),
    program: undefined,
    menu: undefined,
    awaited: undefined,
    parked: undefined,
    ...(wasInRoom && { membership: { ...membership, room: undefined } }),
  });
  if (wasInRoom && !isDecided && cause === 'dropped') {
    const summary = `The call ends because a request took its party out of the conference ${membership.conferenceId}`;
    turn.refuse('conference/taken-out', summary);
  }
  const stays = turn.call.legs.live.length > 0;
  if (wasInRoom || (stays && !isDecided && ownCauses.includes(cause))) {
    turn.command({ type: 'end-call', cause: wasInRoom ? cause : 'dropped' });
  }
}

/** The call is over: the application hears of it, and a leg in a conference leaves the room. */
export function callEnded(turn: Turn): void {
  const { membership, details, connection } = turn.state;
  turn.set({ endedAtMs: turn.event.atMs, program: undefined, menu: undefined, parked: undefined, awaited: undefined });
  if (membership?.room !== undefined) {
    turn.command({ type: 'end-leg', leg: membership.leg, cause: 'dropped' }, membership.room);
  }
  if (details.callbacks.dice && connection?.suppressCallbacks !== true) {
    turn.tell('dice', diceFields(turn.state, turn.event.atMs));
  }
}

function hadAnswered(turn: Turn, leg: LegId): boolean {
  return byId(turn.call.legs, leg)?.answeredAtMs !== undefined;
}
