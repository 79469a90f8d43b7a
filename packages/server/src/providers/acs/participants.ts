import type { Call, LegId } from '../../engine/call.ts';
import type { CallEvent } from '../../engine/event.ts';
import { byId } from '../../engine/keyed.ts';
import type { AcsCallState } from './call-state.ts';
import type { CallParticipant } from './events/call-events.ts';
import { identifierModel, rawIdOf } from './identifiers.ts';

/** Everybody who is in the call: the users that stand for applications first, then the parties in order of joining. */
export function participantsOf(call: Call, state: AcsCallState): CallParticipant[] {
  const applications = state.connections
    .filter((connection) => connection.state === 'connected')
    .map(({ application }) => ({
      identifier: identifierModel(application),
      isMuted: false,
      isOnHold: state.targetedPlay !== undefined,
    }));
  const parties = call.legs
    .filter((leg) => leg.state === 'connected')
    .map((leg) => ({
      identifier: identifierModel(rawIdOf(leg.party)),
      isMuted: leg.muted,
      isOnHold: (leg.held && !state.released.includes(leg.id)) || state.heldForPlay.includes(leg.id),
    }));
  return [...applications, ...parties];
}

/** The live leg of a participant; a party that joined more than once is found by its latest leg. */
export function legOfParticipant(call: Call, rawId: string): LegId | undefined {
  return call.legs.findLast((leg) => leg.state !== 'ended' && rawIdOf(leg.party) === rawId)?.id;
}

/**
 * Whether an event changes who is in the call, or how: `ParticipantsUpdated` is due after it. The end of a call is
 * reported by `CallDisconnected` alone.
 *
 * @param before the provider's state before the event
 * @param after the state with the event folded in
 */
export function changesParticipants(event: CallEvent, before: AcsCallState, after: AcsCallState, call: Call): boolean {
  switch (event.type) {
    case 'leg-answered':
      return event.leg !== before.redirectedLeg;
    case 'leg-muted':
    case 'leg-moved-in':
      return true;
    case 'leg-held':
      // Those that a targeted play puts on hold and takes off again are reported with its beginning and its end.
      return !before.heldForPlay.includes(event.leg) && !before.released.includes(event.leg);
    case 'leg-ended':
      return leavesOthersBehind(event, before, call);
    case 'leg-moved-out':
      return hasConnectedLeg(call);
    case 'play-canceled':
      // A play that a departure ends is reported with the departure.
      return event.why !== 'call-ended' && before.targetedPlay !== after.targetedPlay;
    case 'play-started':
    case 'play-completed':
    case 'play-failed':
      return before.targetedPlay !== after.targetedPlay;
    case 'noted':
      return after.connections.some(
        ({ connectedBySeq, leftBySeq }) => connectedBySeq === event.seq || leftBySeq === event.seq,
      );
    default:
      return false;
  }
}

function leavesOthersBehind(
  event: Extract<CallEvent, { type: 'leg-ended' }>,
  state: AcsCallState,
  call: Call,
): boolean {
  const wasConnected = byId(call.legs, event.leg)?.answeredAtMs !== undefined;
  // Ending the call drops every leg in turn; removing a participant drops one, and was noted before.
  const endsWithCall = event.cause === 'dropped' && state.departures[event.leg] === undefined;
  return wasConnected && !endsWithCall && event.cause !== 'call-ended' && hasConnectedLeg(call);
}

function hasConnectedLeg(call: Call): boolean {
  return call.legs.some((leg) => leg.state === 'connected');
}
