import { eventTime, type AcsEvent } from './envelope.ts';
import { results } from './results.ts';

/** `RecordingStateChanged`. `startedAtMs` is when the recording began, on the call clock. */
export function recordingStateChanged(
  recordingId: string,
  state: 'active' | 'inactive',
  startedAtMs: number,
): AcsEvent {
  return {
    name: 'RecordingStateChanged',
    data: ({ version, ids }) => ({
      recordingId,
      state,
      startDateTime: eventTime(startedAtMs),
      recordingKind: 'azureCommunicationServices',
      resultInformation: results.succeeded,
      version,
      ...ids,
    }),
  };
}
