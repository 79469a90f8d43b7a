import { defineOperation } from '../requests/operation.ts';
import { changeStream, streamBody } from '../requests/stream-requests.ts';

/**
 * Ends the transcription.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-media/stop-transcription
 */
export const stopTranscription = defineOperation({
  operationId: 'CallMedia_StopTranscription',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:stopTranscription',
  since: '2025-05-15',
  body: streamBody,
  handle: (request, acs) => changeStream(request, 'transcription', 'stop', acs),
});
