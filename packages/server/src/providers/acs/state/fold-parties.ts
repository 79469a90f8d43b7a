import type { Call, CallId, LegId, Party } from '../../../engine/call.ts';
import { extend } from '../../../engine/copies.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { OfType } from '../../kit/event-table.ts';
import { derivedUuid } from '../protocol/derived-ids.ts';
import { rawIdOf } from '../protocol/identifiers.ts';
import type { AcsCallState, LegPlace } from './call-state.ts';
import { isLive } from './participants.ts';
import { stateWith } from './state-with.ts';

/** A party is invited: by which leg it is in the call and, when it is an application, where its own side of it is. */
export function foldInvited(state: AcsCallState, event: OfType<CallEvent, 'leg-invited'>, call: Call): AcsCallState {
  const { leg, party, direction } = event;
  const invited = withParty(state, leg, party, call);
  if (party.kind !== 'application') return invited;
  const place = direction === 'outbound' ? otherSideOf(call.id, leg) : state.details.peer;
  return place ? stateWith(invited, { peers: invited.peers.with({ id: leg, ...place }) }) : invited;
}

/** A party comes over from another call. */
export function foldMovedIn(state: AcsCallState, { leg }: OfType<CallEvent, 'leg-moved-in'>, call: Call): AcsCallState {
  return withParty(state, leg.id, leg.party, call);
}

function withParty(state: AcsCallState, leg: LegId, party: Party, call: Call): AcsCallState {
  const id = rawIdOf(party);
  const others = byId(state.parties, id)?.legs.filter((other) => other !== leg && isLive(call, other));
  // By `concat`: behind a spread there would be room for seventeen, in each call.
  return stateWith(state, { parties: state.parties.with({ id, legs: others ? others.concat(leg) : [leg] }) });
}

/** Where the application that is called by a leg has its own side of the call. */
function otherSideOf(call: CallId, leg: LegId): LegPlace {
  return { call: derivedUuid('other side', call, leg), leg: derivedUuid('other side leg', call, leg) };
}

/** A party has left; a transfer that it was to be handed over by is over. */
export function foldDeparture(
  state: AcsCallState,
  { leg, seq }: OfType<CallEvent, 'leg-ended'> | OfType<CallEvent, 'leg-moved-out'>,
): AcsCallState {
  const left = stateWith(state, { lastToLeave: leg });
  const handingOver = byId(state.transferring, leg);
  return handingOver ? endTransfer(left, seq, handingOver.transfer) : left;
}

/** A transfer is over, by an event; what ends it later changes nothing. */
export function endTransfer(state: AcsCallState, seq: number, id: string): AcsCallState {
  const transfer = byId(state.transfers, id);
  if (!transfer || transfer.overBySeq !== undefined) return state;
  return stateWith(state, {
    transfers: state.transfers.with(extend(transfer, { overBySeq: seq })),
    transferring: state.transferring.without(transfer.leg),
    transferOver: { bySeq: seq, transfer: id },
  });
}
