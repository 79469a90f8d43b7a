import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { AcsCallState, ConnectionChange } from './call-state.ts';
import type { CallConnection, StandingConnection } from './connection.ts';
import { readNote } from './notes.ts';
import { standing } from './standing.ts';
import { stateWith } from './state-with.ts';

/** Adds a connection, in place of one of the same id that could not be made. */
export function madeConnection(state: AcsCallState, made: CallConnection, seq: number): AcsCallState {
  const others = state.connections.without(made.id);
  if (!made.failsWith) {
    const connection = standing(made, { state: 'connecting' });
    return stateWith(state, {
      connections: others.with(connection),
      connecting: state.connecting.with({ id: made.id }),
    });
  }
  const failed = standing(made, { state: 'disconnected', failedBySeq: seq });
  return changed(
    stateWith(state, { connections: others.with(failed), connecting: state.connecting.without(made.id) }),
    { bySeq: seq, connections: [made.id], isParticipant: false },
  );
}

/** Somebody has answered: connections that waited for that come about. */
export function connectAll(state: AcsCallState, event: CallEvent, call: Call): AcsCallState {
  return connect(state, event, call, () => true);
}

/** A note may say that an application leaves; at any other, connections come about whose call has begun already. */
export function foldConnectionNote(state: AcsCallState, event: CallEvent, call: Call): AcsCallState {
  const left = readNote(event, 'connection-left');
  return left
    ? leave(state, left.connection, event.seq)
    : connect(state, event, call, ({ origin }) => origin === 'connected');
}

/** All of them end with the call. */
export function endConnections(state: AcsCallState): AcsCallState {
  let { connections } = state;
  for (const connection of connections.live)
    connections = connections.with(standing(connection, { state: 'disconnected' }));
  return stateWith(state, { connections });
}

function leave(state: AcsCallState, id: string, seq: number): AcsCallState {
  const connection = byId(state.connections, id);
  if (!connection || connection.state === 'disconnected') return state;
  const left = standing(connection, { state: 'disconnected', leftBySeq: seq });
  return changed(
    stateWith(state, { connections: state.connections.with(left), connecting: state.connecting.without(id) }),
    { bySeq: seq, connections: [id], isParticipant: true },
  );
}

function connect(
  state: AcsCallState,
  { seq }: CallEvent,
  call: Call,
  joins: (connection: StandingConnection) => boolean,
): AcsCallState {
  const joining = state.connecting.flatMap(({ id }) => {
    const connection = byId(state.connections, id);
    return connection && joins(connection) ? [connection] : [];
  });
  if (joining.length === 0 || !hasMet(state, call)) return state;
  let { connections, connecting } = state;
  for (const connection of joining) {
    connections = connections.with(standing(connection, { state: 'connected', connectedBySeq: seq }));
    connecting = connecting.without(connection.id);
  }
  const ids = joining.map(({ id }) => id);
  return changed(stateWith(state, { connections, connecting }), { bySeq: seq, connections: ids, isParticipant: true });
}

/** Whether the call is one that can be connected to: somebody answered, or it is a place to meet. */
function hasMet({ details }: AcsCallState, call: Call): boolean {
  const isMeetingPlace = details.groupCallId !== undefined || details.roomId !== undefined;
  return isMeetingPlace || call.legs.live.some((leg) => leg.state === 'connected');
}

function changed(state: AcsCallState, connectionChange: ConnectionChange): AcsCallState {
  return stateWith(state, { connectionChange });
}
