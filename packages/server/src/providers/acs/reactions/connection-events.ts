import type { Leg } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { StandingConnection } from '../state/connection.ts';
import { connectionEvent, participantsUpdated } from '../events/call-events.ts';
import { disconnectedResult, results, unansweredResult, type ResultInformation } from '../events/results.ts';
import { participantsOf } from '../state/participants.ts';
import type { DueEvent } from './due-event.ts';
import type { StepAt } from './step.ts';

/**
 * The life of each connection: `CallConnected` and the participants when it is made, `CallDisconnected` when it is over,
 * with `CreateCallFailed` beside it when nobody answered. Nothing follows `CallDisconnected` otherwise.
 */
export const connectionsChanged: StepAt<CallEvent['type']> = ({ seq }, state) => {
  const { connectionChange: change } = state;
  if (change?.bySeq !== seq) return {};
  return { events: change.connections.flatMap((id) => changeOf(byId(state.connections, id), seq)) };
};

function changeOf(connection: StandingConnection | undefined, seq: number): DueEvent[] {
  if (!connection) return [];
  if (connection.connectedBySeq === seq) return connected(connection);
  if (connection.leftBySeq === seq) return [ended(connection, 'CallDisconnected', results['ended-by-application'])];
  return connection.failedBySeq === seq ? neverMade(connection) : [];
}

/** The end of a call concerns every connection that it ever had. */
export const connectionsEnded: StepAt<'call-ended'> = (event, state, call) => {
  const lastLeg = state.lastToLeave === undefined ? undefined : byId(call.legs, state.lastToLeave);
  const events = [...state.connections].flatMap((connection): DueEvent[] => {
    if (connection.leftBySeq !== undefined || connection.failsWith) return [];
    if (connection.connectedBySeq !== undefined) {
      // Whoever ended the call is told so; for every other application the conversation is over.
      const endedByOther = state.endedBy !== undefined && state.endedBy !== connection.id;
      const result = endedByOther ? results['ended-by-user'] : disconnectedResult(event.cause, lastLeg);
      return [ended(connection, 'CallDisconnected', result)];
    }
    return neverConnected(connection, event.cause === 'dropped' ? undefined : lastLeg);
  });
  return { events };
};

/** `ParticipantsUpdated` to every application, when somebody has come, left, or is on hold or muted. */
export const participantsUpdate: StepAt<CallEvent['type']> = ({ seq }, state, call) => {
  if (state.participantsChangedBySeq !== seq) return {};
  const participants = participantsOf(call, state);
  const events = state.connections.live
    .filter((connection) => connection.state === 'connected')
    .map((connection) => ({ event: participantsUpdated(participants, state.sequenceNumber), connection }));
  return { events };
};

function connected(connection: StandingConnection): DueEvent[] {
  return [{ event: connectionEvent('CallConnected', connection.operationContext), connection }];
}

function ended(
  connection: StandingConnection,
  name: 'CallDisconnected' | 'CreateCallFailed' | 'AnswerFailed' | 'ConnectFailed',
  result: ResultInformation,
): DueEvent {
  return { event: connectionEvent(name, connection.operationContext, result), connection };
}

const failureNames = { created: 'CreateCallFailed', answered: 'AnswerFailed', connected: 'ConnectFailed' } as const;

/** Making it failed because of a fault; the call itself is unchanged. */
function neverMade(connection: StandingConnection): DueEvent[] {
  return [ended(connection, failureNames[connection.origin], connection.failsWith ?? results.unknown)];
}

/** Nobody answered. `CreateCallFailed` follows `CallDisconnected`, as recorded. */
function neverConnected(connection: StandingConnection, last: Leg | undefined): DueEvent[] {
  const result = last ? unansweredResult(last) : results['ended-by-application'];
  return [ended(connection, 'CallDisconnected', result), ended(connection, failureNames[connection.origin], result)];
}
