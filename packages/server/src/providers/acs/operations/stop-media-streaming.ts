import { defineOperation } from '../requests/operation.ts';
import { changeStream, streamBody } from '../requests/stream-requests.ts';

/**
 * Ends the media stream.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-media/stop-media-streaming
 */
export const stopMediaStreaming = defineOperation({
  operationId: 'CallMedia_StopMediaStreaming',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:stopMediaStreaming',
  since: '2025-05-15',
  body: streamBody,
  handle: (request, acs) => changeStream(request, 'media', 'stop', acs),
});
