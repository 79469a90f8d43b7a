import type { ApiVersion } from '../protocol/api-versions.ts';
import type { ResultInformation } from '../events/results.ts';
import type { MediaStreamingOptions, TranscriptionOptions } from '../schemas/call-options.ts';

/** A call connection, as Azure calls it: through it an application controls a call that it created, answered or connected to. */
export interface CallConnection {
  /** The `callConnectionId`. The first connection of a call has the call's own id. */
  readonly id: string;
  readonly origin: 'created' | 'answered' | 'connected';
  /** Of the request that made it; its events have the shapes of this version. */
  readonly apiVersion: ApiVersion;
  readonly callbackUri: string;
  readonly operationContext?: string | undefined;
  readonly cognitiveServicesEndpoint?: string | undefined;
  /** Who called: the application's own identity, or the caller that it answered. A raw id. */
  readonly source: string;
  /** The user that stands for the application in the call. A raw id. */
  readonly application: string;
  readonly sourceCallerIdNumber?: string | undefined;
  readonly sourceDisplayName: string;
  /** Who was called. Raw ids. */
  readonly targets: readonly string[];
  /** The number or user that the answered caller had dialed. */
  readonly answeredFor?: string | undefined;
  /** It cannot be made, by a fault that was switched on. */
  readonly failsWith?: ResultInformation | undefined;
  readonly mediaStreaming?: MediaStreamingOptions | undefined;
  readonly transcription?: TranscriptionOptions | undefined;
}

/** A connection and how it stands. */
export interface StandingConnection extends CallConnection {
  readonly state: 'connecting' | 'connected' | 'disconnected';
  /** The event that connected it; `CallConnected` is due after that one. */
  readonly connectedBySeq?: number | undefined;
  /** The event with which making it failed. */
  readonly failedBySeq?: number | undefined;
  /** The event with which the application left while the others went on talking. */
  readonly leftBySeq?: number | undefined;
}
