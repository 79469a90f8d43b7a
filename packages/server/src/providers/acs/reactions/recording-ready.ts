import { byId } from '../../../engine/keyed.ts';
import { derivedUuid } from '../protocol/derived-ids.ts';
import { eventTime } from '../events/envelope.ts';
import { recordedMs } from '../recordings/recording-audio.ts';
import { readRecordingDetails } from '../recordings/recording-details.ts';
import { recordingLocations } from '../recordings/recording-files.ts';
import type { GridEvent } from '../event-grid/grid-event.ts';
import type { StepAt } from './step.ts';

/**
 * `RecordingFileStatusUpdated`, when a recording is over and its file can be had.
 *
 * @see https://learn.microsoft.com/en-us/azure/event-grid/communication-services-voice-video-events
 */
export const recordingReady: StepAt<'recording-stopped'> = (event, _state, call, { recordingUrl }) => {
  const recording = byId(call.recordings, event.recording);
  const details = readRecordingDetails(recording);
  if (!recording || !details) return {};
  const notice: GridEvent = {
    id: derivedUuid('recording-ready', call.id, recording.id),
    type: 'Microsoft.Communication.RecordingFileStatusUpdated',
    subject: `/recording/call/${call.id}/serverCallId/${call.id}/recordingId/${recording.id}`,
    data: {
      recordingStorageInfo: {
        recordingChunks: [
          {
            documentId: recording.id,
            index: 0,
            endReason: 'SessionEnded',
            ...recordingLocations(recordingUrl(), recording.id),
          },
        ],
      },
      recordingStartTime: eventTime(details.startedAtMs),
      recordingDurationMs: recordedMs(recording, event.atMs),
      sessionEndReason: event.why === 'call-ended' ? 'CallEnded' : 'InitiatorLeft',
    },
  };
  return { notices: [notice] };
};
