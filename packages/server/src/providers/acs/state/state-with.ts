import type { AcsCallState } from './call-state.ts';

/**
 * A copy of a call's state with other members. Made in one place and member by member, so that all states have one hidden
 * class (`engine/copies.ts` says why).
 */
export function stateWith(state: AcsCallState, change: Partial<AcsCallState>): AcsCallState {
  const copy: AcsCallState = {
    details: state.details,
    connections: state.connections,
    connecting: state.connecting,
    connectionChange: state.connectionChange,
    operations: state.operations,
    invitations: state.invitations,
    departures: state.departures,
    moves: state.moves,
    transfers: state.transfers,
    transferring: state.transferring,
    transferOver: state.transferOver,
    parties: state.parties,
    runningStreams: state.runningStreams,
    peers: state.peers,
    redirectedLeg: state.redirectedLeg,
    redirectedContext: state.redirectedContext,
    targetedPlay: state.targetedPlay,
    heldForPlay: state.heldForPlay,
    released: state.released,
    endedBy: state.endedBy,
    started: state.started,
    lastToLeave: state.lastToLeave,
    sequenceNumber: state.sequenceNumber,
    participantsChangedBySeq: state.participantsChangedBySeq,
  };
  return Object.assign(copy, change);
}
