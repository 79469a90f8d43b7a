import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { OfType } from '../../kit/event-table.ts';
import { recordingStateChanged } from '../events/recording-events.ts';
import { readRecordingDetails } from '../recordings/recording-details.ts';
import type { StepAt } from './step.ts';

type RecordingEventType = `recording-${'started' | 'resumed' | 'paused' | 'stopped'}`;

/** `RecordingStateChanged` to the address that the recording was started with; none without one. */
export const recordingChanged: StepAt<RecordingEventType> = (event, state, call) => {
  const details = readRecordingDetails(byId(call.recordings, event.recording));
  const connection = details && byId(state.connections, details.connection);
  if (!details?.callbackUri || !connection) return {};
  return {
    events: [
      {
        event: recordingStateChanged(event.recording, isActive(event) ? 'active' : 'inactive', details.startedAtMs),
        connection,
        callbackUri: details.callbackUri,
        apiVersion: details.apiVersion,
      },
    ],
  };
};

function isActive(event: OfType<CallEvent, RecordingEventType>): boolean {
  return event.type === 'recording-resumed' || (event.type === 'recording-started' && !event.paused);
}
