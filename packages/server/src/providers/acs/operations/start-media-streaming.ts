import { defineOperation } from '../requests/operation.ts';
import { changeStream, streamBody } from '../requests/stream-requests.ts';

/**
 * Sends the audio of the call to the WebSocket that the call was given.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-media/start-media-streaming
 */
export const startMediaStreaming = defineOperation({
  operationId: 'CallMedia_StartMediaStreaming',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:startMediaStreaming',
  since: '2025-05-15',
  body: streamBody,
  handle: (request, acs) => changeStream(request, 'media', 'start', acs),
});
