import { dispatch } from '../requests/find-call.ts';
import { defineOperation } from '../requests/operation.ts';
import { findRecording } from '../recordings/recording-state.ts';

/** @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-recording/resume-recording */
export const resumeRecording = defineOperation({
  operationId: 'CallRecording_ResumeRecording',
  method: 'POST',
  path: '/calling/recordings/{recordingId}:resume',
  since: '2023-03-06',
  body: 'none',
  handle: (request, acs) => {
    const { call, recording } = findRecording(request, acs);
    dispatch(acs, call.id, { type: 'resume-recording', recording: recording.id });
    return { status: 202, call: call.id };
  },
});
