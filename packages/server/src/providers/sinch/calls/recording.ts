import { recordingFields } from '../callbacks/notify.ts';
import { audioExtension, recordingPath } from '../state/recording-file.ts';
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
  if (turn.state.recording !== undefined) {
    turn.refuse(
      'recording/under-way',
      'startRecording does nothing: a recording of the call is under way, and goes on',
    );
    return;
  }
  const recording = turn.newId('recording');
  const details: RecordingDetails = {
    callId: turn.state.callId,
    destinationUrl: options.destinationUrl,
    format: options.format ?? 'mp3',
    notifies: options.notificationEvents ?? true,
    transcribes: options.transcriptionOptions?.enabled ?? false,
  };
  const { format, notifies, transcribes } = details;
  turn.set({ recording: { recording, format, notifies, transcribes } });
  turn.command({ type: 'start-recording', recording, details, paused: false });
}

/** Stops the call's recording, if there is one. */
export function stopRecordingOf(turn: Turn): void {
  const { recording } = turn.state;
  if (recording !== undefined) turn.command({ type: 'stop-recording', recording: recording.recording });
}

/** Tells the application that a recording has been stopped; where its files are, as soon as they are there. */
export function finishRecording(turn: Turn, recording: string): void {
  const run = turn.state.recording;
  if (run?.recording !== recording) return;
  turn.set({ recording: undefined });
  if (!run.notifies) return;
  const audio = { call: turn.state.callId, recording, extension: audioExtension(run.format) };
  turn.tell('notify', recordingFields('recording_finished'));
  turn.tell('notify', recordingFields('recording_available', recordingPath(audio)), audio);
  if (!run.transcribes) return;
  const transcript = { ...audio, extension: 'txt' } as const;
  turn.tell('notify', recordingFields('transcription_available', recordingPath(transcript)), transcript);
}
