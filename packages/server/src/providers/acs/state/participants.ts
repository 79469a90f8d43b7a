import type { Call, Leg, LegId } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { AcsCallState } from './call-state.ts';
import type { CallConnection } from './connection.ts';
import type { CallParticipant } from '../events/call-events.ts';
import { identifierModel, rawIdOf } from '../protocol/identifiers.ts';

/** Everybody who is in the call: the users that stand for applications first, then the parties in order of joining. */
export function participantsOf(call: Call, state: AcsCallState): CallParticipant[] {
  return [
    ...state.connections.live
      .filter((connection) => connection.state === 'connected')
      .map((connection) => applicationOf(connection, state)),
    ...call.legs.live.filter((leg) => leg.state === 'connected').map((leg) => partyOf(leg, state)),
  ];
}

/** One who is in the call, by the raw id. */
export function participantOf(call: Call, state: AcsCallState, rawId: string): CallParticipant | undefined {
  const connection = state.connections.live.find((one) => one.state === 'connected' && one.application === rawId);
  if (connection) return applicationOf(connection, state);
  const legs = byId(state.parties, rawId)?.legs ?? [];
  const leg = legs.flatMap((id) => byId(call.legs, id) ?? []).find((one) => one.state === 'connected');
  return leg && partyOf(leg, state);
}

function applicationOf({ application }: CallConnection, { targetedPlay }: AcsCallState): CallParticipant {
  return { identifier: identifierModel(application), isMuted: false, isOnHold: targetedPlay !== undefined };
}

function partyOf({ id, party, muted, held }: Leg, { released, heldForPlay }: AcsCallState): CallParticipant {
  const isOnHold = (held && !byId(released, id)) || heldForPlay.has(id);
  return { identifier: identifierModel(rawIdOf(party)), isMuted: muted, isOnHold };
}

/** The live leg of a participant; a party that joined more than once is found by its latest leg. */
export function legOfParticipant(call: Call, state: AcsCallState, rawId: string): LegId | undefined {
  return byId(state.parties, rawId)?.legs.findLast((leg) => isLive(call, leg));
}

/** Whether a leg is in the call, ringing or connected. */
export function isLive(call: Call, id: LegId): boolean {
  const leg = byId(call.legs, id);
  return leg !== undefined && leg.state !== 'ended';
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
      return !before.heldForPlay.has(event.leg) && !byId(before.released, event.leg);
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
      return after.connectionChange?.bySeq === event.seq && after.connectionChange.isParticipant;
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
  const endsWithCall = event.cause === 'dropped' && byId(state.departures, event.leg) === undefined;
  return wasConnected && !endsWithCall && event.cause !== 'call-ended' && hasConnectedLeg(call);
}

function hasConnectedLeg(call: Call): boolean {
  return call.legs.live.some((leg) => leg.state === 'connected');
}
