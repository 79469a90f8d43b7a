import { byId } from '../../../engine/keyed.ts';
import type { ApiVersion } from '../protocol/api-versions.ts';
import { activeConnections, type AcsCallState } from '../state/call-state.ts';
import type { CallConnection } from '../state/connection.ts';
import type { AcsEvent } from '../events/envelope.ts';

/** An event that is due, and to whom. */
export interface DueEvent {
  readonly event: AcsEvent;
  readonly connection: CallConnection;
  /** Where it goes instead of the connection's callback address. */
  readonly callbackUri?: string | undefined;
  /** The version that shapes it, where that is not the connection's. */
  readonly apiVersion?: ApiVersion;
}

/** The same event for every application that controls the call. */
export function toEveryConnection(
  state: AcsCallState,
  eventFor: (operationContext: string | undefined) => AcsEvent,
): DueEvent[] {
  return activeConnections(state).map((connection) => ({ event: eventFor(connection.operationContext), connection }));
}

/** What an operation of one application was asked with. */
interface Asked {
  readonly connection: string;
  readonly context?: string;
  readonly callbackUri?: string;
}

/** An event of an operation, for the application that asked for it; none when it controls the call no longer. */
export function toAsker(
  state: AcsCallState,
  asked: Asked | undefined,
  eventFor: (operationContext: string | undefined) => AcsEvent,
): DueEvent[] {
  const connection = asked && byId(state.connections, asked.connection);
  if (!connection || connection.leftBySeq !== undefined) return [];
  return [{ event: eventFor(asked.context), connection, callbackUri: asked.callbackUri }];
}
