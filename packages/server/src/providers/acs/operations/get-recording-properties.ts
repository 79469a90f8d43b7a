import { acsError } from '../protocol/errors.ts';
import { defineOperation } from '../requests/operation.ts';
import { findRecording, recordingState } from '../recordings/recording-state.ts';

/** @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-recording/get-recording-properties */
export const getRecordingProperties = defineOperation({
  operationId: 'CallRecording_GetRecordingProperties',
  method: 'GET',
  path: '/calling/recordings/{recordingId}',
  since: '2023-03-06',
  body: 'none',
  handle: (request, acs) => {
    const { call, recording } = findRecording(request, acs);
    if (recording.state === 'stopped') throw acsError('recording-not-found');
    return { status: 200, body: recordingState(recording.id, recording.state, request.apiVersion), call: call.id };
  },
});
