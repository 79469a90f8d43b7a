import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { AcsCallState } from '../state/call-state.ts';
import { recordingStateChanged } from '../events/recording-events.ts';
import { readRecordingDetails } from '../recordings/recording-details.ts';
import type { Step } from './due-event.ts';

/** `RecordingStateChanged` to the address that the recording was started with; none without one. */
export function recordingChanges(event: CallEvent, state: AcsCallState, call: Call): Step {
  const isActive = activity(event);
  if (isActive === undefined || !('recording' in event)) return {};
  const details = readRecordingDetails(byId(call.recordings, event.recording));
  const connection = details && byId(state.connections, details.connection);
  if (!details?.callbackUri || !connection) return {};
  return {
    events: [
      {
        event: recordingStateChanged(event.recording, isActive ? 'active' : 'inactive', details.startedAtMs),
        connection,
        callbackUri: details.callbackUri,
        apiVersion: details.apiVersion,
      },
    ],
  };
}

function activity(event: CallEvent): boolean | undefined {
  switch (event.type) {
    case 'recording-started':
      return !event.paused;
    case 'recording-resumed':
      return true;
    case 'recording-paused':
    case 'recording-stopped':
      return false;
    default:
      return undefined;
  }
}
