import type { Call } from '../../engine/call.ts';
import { extend, mapEntries, withEntry } from '../../engine/copies.ts';
import type { CallEvent } from '../../engine/event.ts';
import { askedOperation, type AcsCallDetails, type AcsCallState, type TransferState } from './call-state.ts';
import type { Connection, ConnectionState } from './connection.ts';
import { type OperationRecord, readNote, type StreamKind, streamKey } from './notes.ts';
import { changesParticipants } from './participants.ts';

/** The state after an event, with the call as it is after it. */
export function evolveState(state: AcsCallState, event: CallEvent, call: Call): AcsCallState {
  const noted = foldNotes(foldTargetedPlay(foldDeparture(foldOpening(state, event), event), event), event);
  const folded = foldConnections(noted, event, call);
  return changesParticipants(event, state, folded, call)
    ? extend(folded, { sequenceNumber: folded.sequenceNumber + 1, participantsChangedBySeq: event.seq })
    : folded;
}

function foldOpening(state: AcsCallState, event: CallEvent): AcsCallState {
  if (event.type !== 'call-opened') return state;
  const details = readDetails(event.details);
  const connections = details.connection ? [extend(details.connection, { state: 'connecting' as const })] : [];
  return { ...state, details, connections };
}

/** Whoever opens a call for a phone knows nothing of ACS: then there are no details. */
function readDetails(details: unknown): AcsCallDetails {
  return typeof details === 'object' && details !== null ? (details as AcsCallDetails) : {};
}

function foldDeparture(state: AcsCallState, event: CallEvent): AcsCallState {
  const ended = readNote(event, 'transfer-ended');
  if (ended) return endTransfers(state, event.seq, ({ transfer }) => transfer === ended.transfer);
  if (event.type !== 'leg-ended' && event.type !== 'leg-moved-out') return state;
  return extend(
    endTransfers(state, event.seq, ({ leg }) => leg === event.leg),
    { lastToLeave: event.leg },
  );
}

function endTransfers(state: AcsCallState, seq: number, isOver: (transfer: TransferState) => boolean): AcsCallState {
  const transfers = mapEntries(state.transfers, (transfer) =>
    transfer.overBySeq === undefined && isOver(transfer) ? extend(transfer, { overBySeq: seq }) : transfer,
  );
  return { ...state, transfers };
}

function foldNotes(state: AcsCallState, event: CallEvent): AcsCallState {
  if (event.type !== 'noted') return state;
  const made = readNote(event, 'connection-made');
  if (made) return withConnection(state, madeConnection(made, event.seq));
  const operation = readNote(event, 'operation-asked');
  if (operation) return withOperation(state, operation);
  const invitation = readNote(event, 'invited');
  if (invitation) return { ...state, invitations: withEntry(state.invitations, invitation.leg, invitation) };
  const departure = readNote(event, 'departing');
  if (departure) return { ...state, departures: withEntry(state.departures, departure.leg, departure) };
  const move = readNote(event, 'move-asked');
  if (move) return { ...state, moves: withEntry(state.moves, move.leg, move) };
  const transfer = readNote(event, 'transfer-asked');
  if (transfer) return { ...state, transfers: withEntry(state.transfers, transfer.transfer, transfer) };
  const asked = readNote(event, 'stream-asked');
  if (asked?.action === 'start') return withStream(state, asked, true);
  const changed = readNote(event, 'stream-changed');
  if (changed) return withStream(state, changed, changed.status === 'started' || changed.status === 'updated');
  const ending = readNote(event, 'call-ending');
  if (ending) return extend(state, { endedBy: ending.connection });
  const redirected = readNote(event, 'redirected');
  return redirected ? extend(state, { redirectedLeg: redirected.leg }) : state;
}

/** Adds an operation, in place of what was asked of it before: stopping it has a context of its own. */
function withOperation(state: AcsCallState, asked: OperationRecord): AcsCallState {
  const others = state.operations.filter(({ operation }) => operation !== asked.operation);
  return { ...state, operations: [...others, asked] };
}

/** Adds a connection, in place of one of the same id that could not be made. */
function withConnection(state: AcsCallState, made: ConnectionState): AcsCallState {
  return { ...state, connections: [...state.connections.filter(({ id }) => id !== made.id), made] };
}

function madeConnection(made: Connection, seq: number): ConnectionState {
  return made.failsWith
    ? extend(made, { state: 'disconnected' as const, failedBySeq: seq })
    : extend(made, { state: 'connecting' as const });
}

function withStream(
  state: AcsCallState,
  stream: { readonly connection: string; readonly stream: StreamKind },
  runs: boolean,
): AcsCallState {
  const key = streamKey(stream);
  const others = state.runningStreams.filter((other) => other !== key);
  return { ...state, runningStreams: runs ? [...others, key] : others };
}

/** While a targeted play lasts, everybody else is on hold. */
function foldTargetedPlay(state: AcsCallState, event: CallEvent): AcsCallState {
  switch (event.type) {
    case 'play-started': {
      const holds = askedOperation(state, event.operation)?.holds;
      return holds ? extend(state, { targetedPlay: event.operation, heldForPlay: holds }) : state;
    }
    case 'play-completed':
    case 'play-failed':
    case 'play-canceled': {
      if (state.targetedPlay !== event.operation) return state;
      const { targetedPlay: _over, heldForPlay, ...rest } = state;
      return { ...rest, heldForPlay: [], released: heldForPlay };
    }
    case 'leg-held':
      return state.released.includes(event.leg)
        ? { ...state, released: state.released.filter((leg) => leg !== event.leg) }
        : state;
    default:
      return state;
  }
}

function foldConnections(state: AcsCallState, event: CallEvent, call: Call): AcsCallState {
  const connections = state.connections.map((connection) => foldConnection(connection, event, state, call));
  return connections.every((connection, index) => connection === state.connections[index])
    ? state
    : { ...state, connections };
}

/** Whether the call is one that can be connected to: somebody answered, or it is a place to meet. */
function hasMet({ details }: AcsCallState, call: Call): boolean {
  const isMeetingPlace = details.groupCallId !== undefined || details.roomId !== undefined;
  return isMeetingPlace || call.legs.some((leg) => leg.state === 'connected');
}

function foldConnection(
  connection: ConnectionState,
  event: CallEvent,
  state: AcsCallState,
  call: Call,
): ConnectionState {
  if (connection.state === 'disconnected') return connection;
  if (event.type === 'call-ended') return { ...connection, state: 'disconnected' };
  if (readNote(event, 'connection-left')?.connection === connection.id) {
    return extend(connection, { state: 'disconnected', leftBySeq: event.seq });
  }
  const isConnecting = connection.state === 'connecting';
  const joins = event.type === 'leg-answered' || (connection.origin === 'connected' && event.type === 'noted');
  if (isConnecting && joins && hasMet(state, call)) {
    return extend(connection, { state: 'connected', connectedBySeq: event.seq });
  }
  return connection;
}
