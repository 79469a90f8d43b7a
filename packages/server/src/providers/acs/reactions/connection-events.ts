import type { Call, Leg } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { AcsCallState } from '../state/call-state.ts';
import type { ConnectionState } from '../state/connection.ts';
import { connectionEvent, participantsUpdated } from '../events/call-events.ts';
import { disconnectedResult, results, unansweredResult, type ResultInformation } from '../events/results.ts';
import { participantsOf } from '../state/participants.ts';
import type { DueEvent, Step } from './due-event.ts';

/**
 * The life of each connection: `CallConnected` and the participants when it is made, `CallDisconnected` when it is over,
 * with `CreateCallFailed` beside it when nobody answered. Nothing follows `CallDisconnected` otherwise.
 */
export function connectionEvents(event: CallEvent, state: AcsCallState, call: Call): Step {
  const lastLeg = state.lastToLeave === undefined ? undefined : byId(call.legs, state.lastToLeave);
  const events = connectionsConcerned(event, state).flatMap((connection): DueEvent[] => {
    if (connection.connectedBySeq === event.seq) return connected(connection);
    if (connection.leftBySeq === event.seq) {
      return [ended(connection, 'CallDisconnected', results['ended-by-application'])];
    }
    if (connection.failedBySeq === event.seq) return neverMade(connection);
    if (event.type !== 'call-ended' || connection.leftBySeq !== undefined || connection.failsWith) return [];
    if (connection.connectedBySeq !== undefined) {
      // Whoever ended the call is told so; for every other application the conversation is over.
      const endedByOther = state.endedBy !== undefined && state.endedBy !== connection.id;
      const result = endedByOther ? results['ended-by-user'] : disconnectedResult(event.cause, lastLeg);
      return [ended(connection, 'CallDisconnected', result)];
    }
    return neverConnected(connection, event.cause === 'dropped' ? undefined : lastLeg);
  });
  return { events: [...events, ...updates(event, state, call)] };
}

/** The end of a call concerns every connection that it ever had; another event those that it made or ended. */
function connectionsConcerned({ type, seq }: CallEvent, state: AcsCallState): ConnectionState[] {
  if (type === 'call-ended') return [...state.connections];
  const { connectionChange: change } = state;
  if (change?.bySeq !== seq) return [];
  return change.connections.flatMap((id) => byId(state.connections, id) ?? []);
}

function connected(connection: ConnectionState): DueEvent[] {
  return [{ event: connectionEvent('CallConnected', connection.operationContext), connection }];
}

function updates(event: CallEvent, state: AcsCallState, call: Call): DueEvent[] {
  if (state.participantsChangedBySeq !== event.seq || event.type === 'play-started') return [];
  const participants = participantsOf(call, state);
  return state.connections.live
    .filter((connection) => connection.state === 'connected')
    .map((connection) => ({ event: participantsUpdated(participants, state.sequenceNumber), connection }));
}

function ended(
  connection: ConnectionState,
  name: 'CallDisconnected' | 'CreateCallFailed' | 'AnswerFailed' | 'ConnectFailed',
  result: ResultInformation,
): DueEvent {
  return { event: connectionEvent(name, connection.operationContext, result), connection };
}

const failureNames = { created: 'CreateCallFailed', answered: 'AnswerFailed', connected: 'ConnectFailed' } as const;

/** By a fault: the call itself is as it was. */
function neverMade(connection: ConnectionState): DueEvent[] {
  return [ended(connection, failureNames[connection.origin], connection.failsWith ?? results.unknown)];
}

/** Nobody answered. `CreateCallFailed` follows `CallDisconnected`, as recorded. */
function neverConnected(connection: ConnectionState, last: Leg | undefined): DueEvent[] {
  const result = last ? unansweredResult(last) : results['ended-by-application'];
  return [ended(connection, 'CallDisconnected', result), ended(connection, failureNames[connection.origin], result)];
}
