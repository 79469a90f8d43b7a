import type { CallId, LegId, OperationId } from '../../../engine/call.ts';
import type { CallHeaders } from '../../../contract/call-headers.ts';
import { providerNotes } from '../../kit/notes.ts';
import type { CallConnection } from './connection.ts';
import type { StreamKind, StreamStatus } from '../events/streaming-events.ts';
import type { ResultInformation } from '../events/results.ts';

/** What an operation was asked with, as far as its events need it. */
export interface OperationRecord {
  readonly kind: 'play' | 'recognize' | 'hold' | 'send-dtmf' | 'continuous-dtmf';
  readonly operation: OperationId;
  /** The call connection that asked. */
  readonly connection: string;
  readonly context?: string;
  /** Where its events go instead of the connection's callback address. */
  readonly callbackUri?: string;
  /** Legs that are on hold while a targeted play lasts. */
  readonly holds?: readonly LegId[];
}

/** Somebody was invited into a call that exists. */
export interface InvitationRecord {
  readonly leg: LegId;
  readonly participant: string;
  readonly invitationId: string;
  readonly connection: string;
  readonly context?: string;
  readonly callbackUri?: string;
  /** What the party gets along with the call. */
  readonly customContext?: CallHeaders;
}

/** Somebody is being removed, or is no longer being called. */
export interface DepartureRecord {
  readonly why: 'removed' | 'invitation-canceled';
  readonly leg: LegId;
  readonly participant: string;
  readonly invitationId?: string;
  readonly connection: string;
  readonly context?: string;
  readonly callbackUri?: string;
}

/** A transfer that was asked for. */
export interface TransferRecord {
  readonly transfer: string;
  readonly target: string;
  /** The call in which the target is rung. */
  readonly targetCall: string;
  /** The leg that is handed over, and who that is. */
  readonly leg: LegId;
  readonly transferee: string;
  readonly connection: string;
  readonly context?: string;
  readonly callbackUri?: string;
  /** What the party gets along with the call. */
  readonly customContext?: CallHeaders;
}

/** How a transfer ended. */
export interface TransferOutcome {
  readonly transfer: string;
  /** The call in which the target and the transferee go on; unset when the target did not take it. */
  readonly to?: string;
  readonly result?: ResultInformation;
}

/** A participant that is taken over from another call. */
export interface MoveRecord {
  readonly leg: LegId;
  readonly participant: string;
  readonly fromConnection: string;
  readonly connection: string;
  readonly context?: string;
  readonly callbackUri?: string;
}

/** An operation that was accepted and failed. */
export interface FailureRecord {
  readonly event:
    | 'PlayFailed'
    | 'RecognizeFailed'
    | 'AnswerFailed'
    | 'ConnectFailed'
    | 'StartRecordingFailed'
    | 'RemoveParticipantFailed'
    | 'MoveParticipantFailed'
    | 'SendDtmfTonesFailed'
    | 'ContinuousDtmfRecognitionToneFailed'
    | 'HoldFailed';
  readonly result: ResultInformation;
  readonly connection: string;
  readonly context?: string;
  readonly callbackUri?: string;
  /** The participant that it was about: a raw id. */
  readonly participant?: string;
  readonly fromCall?: string;
  readonly recordingId?: string;
}

/** Something is to be done with a stream. */
export interface StreamRequest {
  readonly stream: StreamKind;
  readonly action: 'start' | 'stop' | 'update';
  readonly connection: string;
  readonly locale?: string;
  readonly context?: string;
  readonly callbackUri?: string;
}

/** Names a stream among all of a call, as `runningStreams` has it. */
export function streamKey({ connection, stream }: Pick<StreamRequest, 'connection' | 'stream'>): string {
  return `${connection} ${stream}`;
}

/** A stream changed. */
export interface StreamChange {
  readonly stream: StreamKind;
  readonly status: StreamStatus;
  readonly connection: string;
  readonly context?: string;
  readonly callbackUri?: string;
}

/** An application sent something over a stream that cannot be used; noted once a stream. */
export interface StreamProblem {
  readonly stream: StreamKind;
  readonly connection: string;
  readonly problem: string;
}

/**
 * What the ACS provider writes into a call's history beside the engine's own facts, and folds back into its state. The
 * names are those of `noted` events.
 */
export interface AcsNotes {
  /** An application answered the call or connected to it. */
  readonly 'connection-made': CallConnection;
  /** An application left a call that goes on. */
  readonly 'connection-left': { readonly connection: string };
  /** An application ends the call. */
  readonly 'call-ending': { readonly connection: string };
  readonly 'operation-asked': OperationRecord;
  readonly invited: InvitationRecord;
  readonly departing: DepartureRecord;
  readonly 'transfer-asked': TransferRecord;
  readonly 'transfer-ended': TransferOutcome;
  readonly 'move-asked': MoveRecord;
  /** The incoming call is put through to somebody else. */
  readonly redirected: { readonly leg: LegId; readonly customContext?: CallHeaders };
  /** Where the other side of a leg is now; nowhere, once it has left. */
  readonly peered: { readonly leg: LegId; readonly peer?: { readonly call: CallId; readonly leg: LegId } };
  readonly 'operation-failed': FailureRecord;
  readonly 'stream-asked': StreamRequest;
  readonly 'stream-changed': StreamChange;
  readonly 'stream-message-ignored': StreamProblem;
  /** Cancelling an invitation came too late. */
  readonly 'cancel-add-failed': DepartureRecord & { readonly result: ResultInformation };
}

/** Writes the notes, reads them, and tells them apart. */
export const { note, readNote, byNote } = providerNotes<AcsNotes>();
