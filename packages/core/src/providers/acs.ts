import type { ProviderHints } from '../scheme.ts';
import { acsRequestObjects } from './acs-request-objects.ts';

/**
 * Azure Communication Services from outside: the routes whose requests carry an access-key signature, with the parameter
 * names of the published OpenAPI documents.
 *
 * @see https://github.com/Azure/azure-rest-api-specs/tree/main/specification/communication
 */
export const acsProvider: ProviderHints = {
  requestObjects: acsRequestObjects,
  hosts: ['.communication.azure.com'],
  queryParameters: ['api-version'],
  alsoTakes: {
    bearer:
      'Azure Communication Services takes a Microsoft Entra access token (audience https://communication.azure.com) in place of a signature. A user access token of its Identity API is another thing: chat and calling clients use it, and Call Automation, SMS, email and Identity do not take it.',
    source: 'https://learn.microsoft.com/en-us/azure/communication-services/concepts/authentication',
  },
  otherApis: [
    {
      name: 'Chat',
      hosts: ['.communication.azure.com'],
      path: '/chat/',
      takes: 'a user access token as a bearer token',
      source: 'https://learn.microsoft.com/en-us/rest/api/communication/authentication',
    },
    {
      name: 'Azure Resource Manager',
      hosts: ['management.azure.com'],
      takes: 'a Microsoft Entra access token as a bearer token',
      source: 'https://learn.microsoft.com/en-us/rest/api/azure/',
    },
    {
      name: 'Microsoft Graph',
      hosts: ['graph.microsoft.com'],
      takes: 'a Microsoft Entra access token as a bearer token',
      source: 'https://learn.microsoft.com/en-us/graph/auth/auth-concepts',
    },
    {
      name: 'Azure AI services',
      hosts: ['.cognitiveservices.azure.com', '.api.cognitive.microsoft.com'],
      takes: 'a key of its own in the header Ocp-Apim-Subscription-Key, or a Microsoft Entra access token',
      source: 'https://learn.microsoft.com/en-us/azure/ai-services/authentication',
    },
  ],
  routes: [
    '/calling/callConnections',
    '/calling/callConnections:answer',
    '/calling/callConnections:redirect',
    '/calling/callConnections:reject',
    '/calling/callConnections:connect',
    '/calling/callConnections/{callConnectionId}',
    '/calling/callConnections/{callConnectionId}:terminate',
    '/calling/callConnections/{callConnectionId}:transferToParticipant',
    '/calling/callConnections/{callConnectionId}:play',
    '/calling/callConnections/{callConnectionId}:cancelAllMediaOperations',
    '/calling/callConnections/{callConnectionId}:recognize',
    '/calling/callConnections/{callConnectionId}:startContinuousDtmfRecognition',
    '/calling/callConnections/{callConnectionId}:stopContinuousDtmfRecognition',
    '/calling/callConnections/{callConnectionId}:sendDtmfTones',
    '/calling/callConnections/{callConnectionId}:hold',
    '/calling/callConnections/{callConnectionId}:unhold',
    '/calling/callConnections/{callConnectionId}:startTranscription',
    '/calling/callConnections/{callConnectionId}:stopTranscription',
    '/calling/callConnections/{callConnectionId}:updateTranscription',
    '/calling/callConnections/{callConnectionId}:startMediaStreaming',
    '/calling/callConnections/{callConnectionId}:stopMediaStreaming',
    '/calling/callConnections/{callConnectionId}/participants',
    '/calling/callConnections/{callConnectionId}/participants/{participantRawId}',
    '/calling/callConnections/{callConnectionId}/participants:add',
    '/calling/callConnections/{callConnectionId}/participants:remove',
    '/calling/callConnections/{callConnectionId}/participants:mute',
    '/calling/callConnections/{callConnectionId}/participants:cancelAddParticipant',
    '/calling/callConnections/{callConnectionId}/participants:moveHere',
    '/calling/recordings',
    '/calling/recordings/{recordingId}',
    '/calling/recordings/{recordingId}:pause',
    '/calling/recordings/{recordingId}:resume',
    '/identities',
    '/identities/{id}',
    '/identities/{id}/:issueAccessToken',
    '/identities/{id}/:revokeAccessTokens',
    '/teamsUser/:exchangeAccessToken',
    '/rooms',
    '/rooms/{roomId}',
    '/rooms/{roomId}/participants',
    '/sms',
    '/emails:send',
  ],
};
