import type { Detection } from '../state/call-state.ts';

/** The fields of a notify event that tells of an error: SVAML that cannot be played (40001), a failure (50000). */
export function callingErrorFields(errorCode: 40001 | 50000, errorMsg: string): Readonly<Record<string, unknown>> {
  return { type: 'callingerror', errorCode, errorMsg };
}

/** The fields of a notify event about answering machine detection: its result, or the beep that follows. */
export function detectionFields(type: 'amd' | 'amd_beep', amd: Detection): Readonly<Record<string, unknown>> {
  return { type, amd };
}

/** The fields of a notify event about a recording; `destination` is where its file is. */
export function recordingFields(
  type: 'recording_finished' | 'recording_available' | 'transcription_available',
  destination?: string,
): Readonly<Record<string, unknown>> {
  return { type, ...(destination !== undefined && { destination }) };
}
