import { acsError } from '../protocol/errors.ts';
import { dispatch } from '../requests/find-call.ts';
import { defineOperation } from '../requests/operation.ts';
import { findRecording } from '../recordings/recording-state.ts';

/** @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-recording/stop-recording */
export const stopRecording = defineOperation({
  operationId: 'CallRecording_StopRecording',
  method: 'DELETE',
  path: '/calling/recordings/{recordingId}',
  since: '2023-03-06',
  body: 'none',
  handle: (request, acs) => {
    const { call, recording } = findRecording(request, acs);
    if (recording.state === 'stopped') throw acsError('recording-not-found');
    dispatch(acs, call.id, { type: 'stop-recording', recording: recording.id });
    return { status: 204, call: call.id };
  },
});
