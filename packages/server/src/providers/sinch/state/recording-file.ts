import type { CallId, RecordingId } from '../../../engine/call.ts';

/** Where recordings are served: this server stands in for the bucket or container that the SVAML names. */
export const recordingsPath = '/sinch/recordings';

/** The kinds of files that are made of a recording: its audio, and `txt` for its transcript. */
export type RecordingExtension = 'mp3' | 'wav' | 'txt';

/** A file of a recording. */
export interface RecordingFile {
  readonly call: CallId;
  readonly recording: RecordingId;
  readonly extension: RecordingExtension;
}

/** The content types of the files. */
export const contentTypes: Readonly<Record<RecordingExtension, string>> = {
  mp3: 'audio/mpeg',
  wav: 'audio/wav',
  txt: 'text/plain; charset=utf-8',
};

/** The kind of audio file for the `format` of the SVAML: `wav`, or else MP3, Sinch's default. */
export function audioExtension(format: string): 'mp3' | 'wav' {
  return format.toLowerCase() === 'wav' ? 'wav' : 'mp3';
}

/** The file's name, which no other recording's file has. */
export function fileName({ recording, extension }: RecordingFile): string {
  return `${encodeURIComponent(recording)}.${extension}`;
}

/** The path that the file is served at. */
export function recordingPath(file: RecordingFile): string {
  return `${recordingsPath}/${encodeURIComponent(file.call)}/${fileName(file)}`;
}
