import { defineOperation } from '../requests/operation.ts';
import { changeStream, streamBody } from '../requests/stream-requests.ts';

/**
 * Changes the language of the transcription.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-media/update-transcription
 */
export const updateTranscription = defineOperation({
  operationId: 'CallMedia_UpdateTranscription',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:updateTranscription',
  since: '2025-05-15',
  body: streamBody,
  handle: (request, acs) => changeStream(request, 'transcription', 'update', acs),
});
