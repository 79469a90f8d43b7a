import type { LegId, OperationId } from '../../engine/call.ts';
import type { CallHeaders } from '../../phones/call-headers.ts';
import type { Connection, ConnectionState } from './connection.ts';
import type { DepartureRecord, InvitationRecord, MoveRecord, OperationRecord, TransferRecord } from './notes.ts';

/** What an ACS call is opened with. Calls that a phone dials are opened without: they are incoming calls. */
export interface AcsCallDetails {
  /** The connection of the application that created the call. */
  readonly connection?: Connection;
  /** The call was opened to reach the target of a transfer. */
  readonly transfer?: { readonly fromCall: string; readonly transfer: string };
  /** The group call that applications meet in. */
  readonly groupCallId?: string;
  readonly roomId?: string;
  /** What the caller sent along with an incoming call. */
  readonly customContext?: CallHeaders;
}

/** A transfer, and the event with which it was over. */
export interface TransferState extends TransferRecord {
  readonly overBySeq?: number;
}

/** What the provider remembers about a call, folded from its events. */
export interface AcsCallState {
  readonly details: AcsCallDetails;
  readonly connections: readonly ConnectionState[];
  /** One for each operation that was asked for; a list, not a record, for the reason that `engine/keyed.ts` gives. */
  readonly operations: readonly OperationRecord[];
  readonly invitations: Readonly<Record<LegId, InvitationRecord>>;
  readonly departures: Readonly<Record<LegId, DepartureRecord>>;
  readonly moves: Readonly<Record<LegId, MoveRecord>>;
  readonly transfers: Readonly<Record<string, TransferState>>;
  /** Streams that run or are being started: the connection's id, a space, and which stream. */
  readonly runningStreams: readonly string[];
  /** The inbound leg that waits for the target of a redirection. */
  readonly redirectedLeg?: LegId;
  /** The targeted play for which everybody else is on hold. */
  readonly targetedPlay?: OperationId;
  /** Legs that are on hold for a targeted play, not by request. */
  readonly heldForPlay: readonly LegId[];
  /** Legs that the end of a targeted play takes off hold, until they are. */
  readonly released: readonly LegId[];
  /** The connection through which an application ended the call. */
  readonly endedBy?: string;
  /** The leg that left last. */
  readonly lastToLeave?: LegId;
  /** Of the last `ParticipantsUpdated`, and the event that made it due. */
  readonly sequenceNumber: number;
  readonly participantsChangedBySeq?: number;
}

/** The state before a call's first event. */
export const initialState: AcsCallState = {
  details: {},
  connections: [],
  operations: [],
  invitations: {},
  departures: {},
  moves: {},
  transfers: {},
  runningStreams: [],
  heldForPlay: [],
  released: [],
  sequenceNumber: 0,
};

/** What was asked for when an operation began; `undefined` for those that no application asked for. */
export function askedOperation(state: AcsCallState, id: OperationId): OperationRecord | undefined {
  return state.operations.find(({ operation }) => operation === id);
}

/** The connections through which applications still control the call. */
export function activeConnections(state: AcsCallState): readonly ConnectionState[] {
  return state.connections.filter(({ state: stands }) => stands !== 'disconnected');
}
