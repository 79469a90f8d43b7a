import type { Turn } from './turn.ts';

/** What `startRecording` says. Credentials are taken and never kept: nothing is uploaded to a cloud from here. */
export interface RecordingOptions {
  readonly destinationUrl?: string;
  readonly format?: string;
  readonly notificationEvents?: boolean;
  readonly transcriptionOptions?: { readonly enabled?: boolean; readonly locale?: string };
}

/** What the engine's recording remembers for the provider. */
export interface RecordingDetails {
  readonly callId: string;
  readonly destinationUrl: string | undefined;
  readonly format: string;
  readonly notifies: boolean;
  readonly transcribes: boolean;
}

/** Starts the call's recording unless one is under way. */
export function startRecordingOf(turn: Turn, options: RecordingOptions): void {
  if (turn.state.recording !== undefined) return;
  const recording = turn.newId('recording');
  const details: RecordingDetails = {
    callId: turn.state.callId,
    destinationUrl: options.destinationUrl,
    format: options.format ?? 'mp3',
    notifies: options.notificationEvents ?? true,
    transcribes: options.transcriptionOptions?.enabled ?? false,
  };
  turn.set({ recording: { recording, notifies: details.notifies } });
  turn.command({ type: 'start-recording', recording, details, paused: false }, turn.mediaCall);
}

/** Stops the call's recording, if there is one. */
export function stopRecordingOf(turn: Turn): void {
  const { recording } = turn.state;
  if (recording !== undefined) turn.command({ type: 'stop-recording', recording: recording.recording }, turn.mediaCall);
}
