import type { CallbackDraft } from '../../../callbacks/callback.ts';
import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import { derivedUuid } from '../derived-ids.ts';
import { gridEvent } from '../event-grid-event.ts';
import type { EventGridSubscriptions } from '../event-grid.ts';
import { eventTime } from '../events/envelope.ts';
import { recordedMs } from '../recording-audio.ts';
import { readRecordingDetails } from '../recording-details.ts';
import { recordingLocations } from '../recording-files.ts';

/**
 * `Microsoft.Communication.RecordingFileStatusUpdated`, when a recording was stopped and its file can be had.
 *
 * @see https://learn.microsoft.com/en-us/azure/event-grid/communication-services-voice-video-events
 */
export function recordingReady(
  event: CallEvent,
  call: Call,
  subscriptions: EventGridSubscriptions,
  serverUrl: () => string,
): readonly CallbackDraft[] {
  if (event.type !== 'recording-stopped') return [];
  const target = subscriptions.target(call.account);
  const recording = byId(call.recordings, event.recording);
  const details = readRecordingDetails(recording);
  if (!target || !recording || !details || !subscriptions.isValidated(target)) return [];
  return [
    gridEvent(call, target, event.atMs, {
      id: derivedUuid('recording-ready', call.id, recording.id),
      event: 'Microsoft.Communication.RecordingFileStatusUpdated',
      kind: 'Notification',
      subject: `/recording/call/${call.id}/serverCallId/${call.id}/recordingId/${recording.id}`,
      data: {
        recordingStorageInfo: {
          recordingChunks: [
            {
              documentId: recording.id,
              index: 0,
              endReason: 'SessionEnded',
              ...recordingLocations(serverUrl(), recording.id),
            },
          ],
        },
        recordingStartTime: eventTime(details.startedAtMs),
        recordingDurationMs: recordedMs(recording, event.atMs),
        sessionEndReason: 'SessionEnded',
      },
      dataVersion: '1.0',
    }),
  ];
}
