import { dispatch } from '../requests/find-call.ts';
import { defineOperation } from '../requests/operation.ts';
import { findRecording } from '../recordings/recording-state.ts';

/** @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-recording/pause-recording */
export const pauseRecording = defineOperation({
  operationId: 'CallRecording_PauseRecording',
  method: 'POST',
  path: '/calling/recordings/{recordingId}:pause',
  since: '2023-03-06',
  body: 'none',
  handle: (request, acs) => {
    const { call, recording } = findRecording(request, acs);
    dispatch(acs, call.id, { type: 'pause-recording', recording: recording.id });
    return { status: 202, call: call.id };
  },
});
