import type { Recording } from '../../../engine/call.ts';
import type { ApiVersion } from '../protocol/api-versions.ts';

/** What a recording was started with; kept with the engine's recording. */
export interface RecordingDetails {
  readonly connection: string;
  readonly apiVersion: ApiVersion;
  readonly callbackUri?: string;
  readonly channelType: 'mixed' | 'unmixed';
  readonly contentType: 'audio' | 'audioVideo';
  readonly format: 'wav' | 'mp3' | 'mp4';
  /** For unmixed recordings: raw ids in the order of their channels. */
  readonly channelOrder: readonly string[];
  /** Call-clock time, milliseconds since the epoch. */
  readonly startedAtMs: number;
}

/** The details of a recording that this provider started. */
export function readRecordingDetails(recording: Recording | undefined): RecordingDetails | undefined {
  return recording?.details as RecordingDetails | undefined;
}
