import { defineOperation } from '../requests/operation.ts';
import { changeStream, streamBody } from '../requests/stream-requests.ts';

/**
 * Sends what participants say, as text, to the WebSocket that the call was given.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-media/start-transcription
 */
export const startTranscription = defineOperation({
  operationId: 'CallMedia_StartTranscription',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:startTranscription',
  since: '2025-05-15',
  body: streamBody,
  handle: (request, acs) => changeStream(request, 'transcription', 'start', acs),
});
