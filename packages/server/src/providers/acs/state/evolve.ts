import type { Call, CallId, LegId } from '../../../engine/call.ts';
import { extend } from '../../../engine/copies.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId, Keyed } from '../../../engine/keyed.ts';
import { askedOperation, type AcsCallDetails, type AcsCallState, type LegPlace } from './call-state.ts';
import { foldConnections, madeConnection } from './fold-connections.ts';
import { derivedUuid } from '../protocol/derived-ids.ts';
import { rawIdOf } from '../protocol/identifiers.ts';
import { readNote, streamKey } from './notes.ts';
import type { StreamKind } from '../events/streaming-events.ts';
import { changesParticipants, isLive } from './participants.ts';

/** The state after an event, with the call as it is after it. */
export function evolveState(state: AcsCallState, event: CallEvent, call: Call): AcsCallState {
  const opened = foldPeers(foldParties(foldOpening(state, event), event, call), event, call);
  const noted = foldNotes(foldTargetedPlay(foldDeparture(opened, event), event), event);
  const folded = foldStart(foldConnections(noted, event, call), event, call);
  return changesParticipants(event, state, folded, call)
    ? extend(folded, { sequenceNumber: folded.sequenceNumber + 1, participantsChangedBySeq: event.seq })
    : folded;
}

/** A call begins with the first party that is connected, or application in a place to meet. */
function foldStart(state: AcsCallState, event: CallEvent, call: Call): AcsCallState {
  if (state.started) return state;
  const joined = state.connections.live.find(({ connectedBySeq }) => connectedBySeq === event.seq);
  if (event.type !== 'leg-answered' && !joined) return state;
  const [first] = call.legs;
  const caller = state.details.connection?.source ?? (first ? rawIdOf(first.party) : joined?.application);
  return extend(state, { started: { bySeq: event.seq, atMs: event.atMs, by: caller ?? '' } });
}

function foldOpening(state: AcsCallState, event: CallEvent): AcsCallState {
  if (event.type !== 'call-opened') return state;
  const details = readDetails(event.details);
  const { connection } = details;
  if (!connection) return { ...state, details };
  return {
    ...state,
    details,
    connections: state.connections.with(extend(connection, { state: 'connecting' as const })),
    connecting: state.connecting.with({ id: connection.id }),
  };
}

/** Whoever opens a call for a phone knows nothing of ACS: then there are no details. */
function readDetails(details: unknown): AcsCallDetails {
  return typeof details === 'object' && details !== null ? (details as AcsCallDetails) : {};
}

/** Notes by which leg a party is in the call. */
function foldParties(state: AcsCallState, event: CallEvent, call: Call): AcsCallState {
  if (event.type !== 'leg-invited' && event.type !== 'leg-moved-in') return state;
  const [leg, party] = event.type === 'leg-invited' ? [event.leg, event.party] : [event.leg.id, event.leg.party];
  const id = rawIdOf(party);
  const others = byId(state.parties, id)?.legs.filter((other) => other !== leg && isLive(call, other)) ?? [];
  return { ...state, parties: state.parties.with({ id, legs: [...others, leg] }) };
}

/** Notes where the other side is of legs that are applications. */
function foldPeers(state: AcsCallState, event: CallEvent, call: Call): AcsCallState {
  if (event.type === 'leg-invited' && event.party.kind === 'application') {
    const place = event.direction === 'outbound' ? otherSideOf(call.id, event.leg) : state.details.peer;
    return place ? { ...state, peers: state.peers.with({ id: event.leg, ...place }) } : state;
  }
  const peered = readNote(event, 'peered');
  if (!peered) return state;
  const { leg: id, peer } = peered;
  return { ...state, peers: peer ? state.peers.with({ id, ...peer }) : state.peers.without(id) };
}

/** Where the application that is called by a leg has its own side of the call. */
function otherSideOf(call: CallId, leg: LegId): LegPlace {
  return { call: derivedUuid('other side', call, leg), leg: derivedUuid('other side leg', call, leg) };
}

function foldDeparture(state: AcsCallState, event: CallEvent): AcsCallState {
  const ended = readNote(event, 'transfer-ended');
  if (ended) return endTransfer(state, event.seq, ended.transfer);
  if (event.type !== 'leg-ended' && event.type !== 'leg-moved-out') return state;
  const left = extend(state, { lastToLeave: event.leg });
  const handingOver = byId(state.transferring, event.leg);
  return handingOver ? endTransfer(left, event.seq, handingOver.transfer) : left;
}

function endTransfer(state: AcsCallState, seq: number, id: string): AcsCallState {
  const transfer = byId(state.transfers, id);
  if (!transfer || transfer.overBySeq !== undefined) return state;
  return extend(state, {
    transfers: state.transfers.with(extend(transfer, { overBySeq: seq })),
    transferring: state.transferring.without(transfer.leg),
    transferOver: { bySeq: seq, transfer: id },
  });
}

function foldNotes(state: AcsCallState, event: CallEvent): AcsCallState {
  if (event.type !== 'noted') return state;
  const made = readNote(event, 'connection-made');
  if (made) return madeConnection(state, made, event.seq);
  const operation = readNote(event, 'operation-asked');
  // In place of what was asked of it before: stopping it has a context of its own.
  if (operation) return { ...state, operations: state.operations.with(operation) };
  const invitation = readNote(event, 'invited');
  if (invitation) return { ...state, invitations: state.invitations.with(invitation) };
  const departure = readNote(event, 'departing');
  if (departure) return { ...state, departures: state.departures.with(departure) };
  const move = readNote(event, 'move-asked');
  if (move) return { ...state, moves: state.moves.with(move) };
  const transfer = readNote(event, 'transfer-asked');
  if (transfer) {
    return {
      ...state,
      transfers: state.transfers.with(transfer),
      transferring: state.transferring.with({ id: transfer.leg, transfer: transfer.transfer }),
    };
  }
  const asked = readNote(event, 'stream-asked');
  if (asked?.action === 'start') return withStream(state, asked, true);
  const changed = readNote(event, 'stream-changed');
  if (changed) return withStream(state, changed, changed.status === 'started' || changed.status === 'updated');
  const ending = readNote(event, 'call-ending');
  if (ending) return extend(state, { endedBy: ending.connection });
  const redirected = readNote(event, 'redirected');
  if (!redirected) return state;
  const { leg: redirectedLeg, customContext: redirectedContext } = redirected;
  return extend(state, { redirectedLeg, ...(redirectedContext && { redirectedContext }) });
}

function withStream(
  state: AcsCallState,
  stream: { readonly connection: string; readonly stream: StreamKind },
  runs: boolean,
): AcsCallState {
  const id = streamKey(stream);
  return { ...state, runningStreams: runs ? state.runningStreams.with({ id }) : state.runningStreams.without(id) };
}

/** While a targeted play lasts, everybody else is on hold. */
function foldTargetedPlay(state: AcsCallState, event: CallEvent): AcsCallState {
  switch (event.type) {
    case 'play-started': {
      const holds = askedOperation(state, event.operation)?.holds;
      return holds ? extend(state, { targetedPlay: event.operation, heldForPlay: new Set(holds) }) : state;
    }
    case 'play-completed':
    case 'play-failed':
    case 'play-canceled': {
      if (state.targetedPlay !== event.operation) return state;
      const { targetedPlay: _over, heldForPlay, ...rest } = state;
      return { ...rest, heldForPlay: new Set(), released: Keyed.of([...heldForPlay].map((id) => ({ id }))) };
    }
    case 'leg-held':
      return byId(state.released, event.leg) ? { ...state, released: state.released.without(event.leg) } : state;
    default:
      return state;
  }
}
