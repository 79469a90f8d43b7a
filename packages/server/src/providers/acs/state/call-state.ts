import type { CallId, LegId, OperationId } from '../../../engine/call.ts';
import { byId, Keyed } from '../../../engine/keyed.ts';
import type { CallHeaders } from '../../../contract/call-headers.ts';
import type { CallConnection, StandingConnection } from './connection.ts';
import type { DepartureRecord, InvitationRecord, MoveRecord, OperationRecord, TransferRecord } from './notes.ts';

/** What an ACS call is opened with. Calls that a phone dials are opened without: they are incoming calls. */
export interface AcsCallDetails {
  /** The connection of the application that created the call. */
  readonly connection?: CallConnection;
  /** The call was opened to reach the target of a transfer. */
  readonly transfer?: { readonly fromCall: string; readonly transfer: string };
  /** The group call that applications meet in. */
  readonly groupCallId?: string;
  readonly roomId?: string;
  /** The leg of another call, of which this call's first leg is the other side. */
  readonly peer?: LegPlace;
  /** The name that an application has shown as the caller. */
  readonly callerDisplayName?: string;
  /** What the caller sent along with an incoming call, or an application with a transfer. */
  readonly customContext?: CallHeaders;
}

/** A leg, and the call that it is in. */
export interface LegPlace {
  readonly call: CallId;
  readonly leg: LegId;
}

/** A transfer, and the event with which it was over. */
export interface TransferState extends TransferRecord {
  readonly overBySeq?: number;
}

/** What the provider remembers about a call, folded from its events. */
export interface AcsCallState {
  readonly details: AcsCallDetails;
  /** A connection is over when it is disconnected. */
  readonly connections: Keyed<StandingConnection>;
  /** Connections that are not connected yet: the call has to be answered first. */
  readonly connecting: Keyed<{ readonly id: string }>;
  /** The connections that an event made, ended or failed to make. */
  readonly connectionChange: ConnectionChange | undefined;
  /** One for each operation that was asked for. */
  readonly operations: Keyed<OperationRecord>;
  /** By their legs. */
  readonly invitations: Keyed<InvitationRecord>;
  readonly departures: Keyed<DepartureRecord>;
  readonly moves: Keyed<MoveRecord>;
  readonly transfers: Keyed<TransferState>;
  /** The transfer that a leg is being handed over by. */
  readonly transferring: Keyed<{ readonly id: LegId; readonly transfer: string }>;
  /** The transfer that an event was the end of. */
  readonly transferOver: { readonly bySeq: number; readonly transfer: string } | undefined;
  /** The legs of each party that are not over, the latest last, by its raw id. */
  readonly parties: Keyed<{ readonly id: string; readonly legs: readonly LegId[] }>;
  /** Streams that run or are being started, by their `streamKey`. */
  readonly runningStreams: Keyed<{ readonly id: string }>;
  /** For legs whose party is an application: the call and leg of its own side, while both sides exist. */
  readonly peers: Keyed<LegPlace & { readonly id: LegId }>;
  /** The inbound leg that waits for the target of a redirection. */
  readonly redirectedLeg: LegId | undefined;
  /** What an application sends along with a call that it redirects. */
  readonly redirectedContext: CallHeaders | undefined;
  /** The targeted play for which everybody else is on hold. */
  readonly targetedPlay: OperationId | undefined;
  /** Legs that are on hold for a targeted play, not by request. */
  readonly heldForPlay: ReadonlySet<LegId>;
  /** Legs that the end of a targeted play takes off hold, until they are. */
  readonly released: Keyed<{ readonly id: LegId }>;
  /** The connection through which an application ended the call. */
  readonly endedBy: string | undefined;
  /** How the call began: with the first who was connected in it, called by whom (a raw id). */
  readonly started: { readonly bySeq: number; readonly atMs: number; readonly by: string } | undefined;
  /** The leg that left last. */
  readonly lastToLeave: LegId | undefined;
  /** Of the last `ParticipantsUpdated`, and the event that made it due. */
  readonly sequenceNumber: number;
  readonly participantsChangedBySeq: number | undefined;
}

/** Which connections an event changed. */
export interface ConnectionChange {
  readonly bySeq: number;
  readonly connections: readonly string[];
  /** Whether the application came into the call or left it. */
  readonly isParticipant: boolean;
}

function byLeg<Item extends { readonly leg: LegId }>(): Keyed<Item> {
  return Keyed.by<Item>({ idOf: ({ leg }) => leg, isOver: () => false });
}

/** The state before a call's first event. */
export const initialState: AcsCallState = {
  details: {},
  connections: Keyed.of<StandingConnection>([], ({ state }) => state === 'disconnected'),
  connecting: Keyed.of(),
  connectionChange: undefined,
  operations: Keyed.by({ idOf: ({ operation }) => operation, isOver: () => false }),
  invitations: byLeg(),
  departures: byLeg(),
  moves: byLeg(),
  transfers: Keyed.by<TransferState>({
    idOf: ({ transfer }) => transfer,
    isOver: ({ overBySeq }) => overBySeq !== undefined,
  }),
  transferring: Keyed.of(),
  transferOver: undefined,
  parties: Keyed.of(),
  runningStreams: Keyed.of(),
  peers: Keyed.of(),
  redirectedLeg: undefined,
  redirectedContext: undefined,
  targetedPlay: undefined,
  heldForPlay: new Set(),
  released: Keyed.of(),
  endedBy: undefined,
  started: undefined,
  lastToLeave: undefined,
  sequenceNumber: 0,
  participantsChangedBySeq: undefined,
};

/** What was asked for when an operation began; `undefined` for those that no application asked for. */
export function askedOperation(state: AcsCallState, id: OperationId): OperationRecord | undefined {
  return byId(state.operations, id);
}

/** The connections through which applications still control the call. */
export function activeConnections(state: AcsCallState): readonly StandingConnection[] {
  return [...state.connections.live];
}
