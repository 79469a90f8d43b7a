/** Where recordings are served: this server stands in for the bucket or container that the SVAML names. */
export const recordingsPath = '/sinch/recordings';

/**
 * The path of a recording's file, or of its transcript.
 *
 * @param format what the SVAML asks for: `wav`, or else MP3, Sinch's default; `txt` for the transcript
 */
export function recordingPath(call: string, recording: string, format: string): string {
  return `${recordingsPath}/${encodeURIComponent(call)}/${encodeURIComponent(recording)}.${extensionOf(format)}`;
}

/** The formats that are made. */
export type RecordingExtension = 'mp3' | 'wav' | 'txt';

function extensionOf(format: string): RecordingExtension {
  const wanted = format.toLowerCase();
  return wanted === 'wav' || wanted === 'txt' ? wanted : 'mp3';
}
