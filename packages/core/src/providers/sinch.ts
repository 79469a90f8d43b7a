import type { OtherApi, ProviderHints } from '../scheme.ts';
import { sinchRequestObjects } from './sinch-request-objects.ts';

const authentication = 'https://developers.sinch.com/docs/identity-access-management/authenticate/authentication';
const projectKey = 'an OAuth2 bearer token, or Basic with the key id and key secret of the project';

/** The hosts are those of Sinch's own SDK (sinch-sdk-node, packages/sdk-client/src/domain/domain.constants.ts). */
const otherApis: readonly OtherApi[] = [
  {
    name: 'SMS',
    hosts: ['sms.api.sinch.com', '.sms.api.sinch.com'],
    takes: 'the API token of the service plan as a bearer token, or an OAuth2 bearer token of the project',
    source: authentication,
  },
  {
    name: 'Conversation',
    hosts: [
      'conversation.api.sinch.com',
      '.conversation.api.sinch.com',
      'template.api.sinch.com',
      '.template.api.sinch.com',
    ],
    takes: projectKey,
    source: authentication,
  },
  {
    name: 'Voice version 2',
    hosts: ['voice.api.sinch.com'],
    takes: projectKey,
    source: 'the description of Voice 2.0.58 (api-evangelist/sinch, sinch-voice-api-v2-openapi.yaml)',
  },
  { name: 'Numbers', hosts: ['numbers.api.sinch.com'], takes: projectKey, source: authentication },
  { name: 'Fax', hosts: ['fax.api.sinch.com', '.fax.api.sinch.com'], takes: projectKey, source: authentication },
  {
    name: 'Elastic SIP Trunking',
    hosts: ['elastic-trunking.api.sinch.com'],
    takes: projectKey,
    source: authentication,
  },
  {
    name: 'Provisioning',
    hosts: ['provisioning.api.sinch.com'],
    takes: projectKey,
    source: 'https://developers.sinch.com/docs/provisioning-api/api-reference/',
  },
  {
    name: 'Sinch’s token endpoint',
    hosts: ['auth.sinch.com', '.auth.sinch.com'],
    takes: 'Basic with the key id and key secret of the project',
    source: authentication,
  },
];

/**
 * The Sinch APIs that take application-signed requests, and paths that Sinch's own documentation signed at some time: the
 * signature printed on today's page for `/calling/v1/callouts` still belongs to the SMS path of 2021.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/
 */
export const sinchProvider: ProviderHints = {
  requestObjects: sinchRequestObjects,
  hosts: ['.api.sinch.com', 'callingapi.sinch.com'],
  signsCallbacks: true,
  alsoTakes: {
    basic:
      'Sinch takes it for Voice and Verification, recommends signed requests in production, and an application can be set to take those only: it then answers 401, whatever the secret.',
    bearer:
      'Voice and Verification take none: they take signed requests, or Basic with the application key and secret. The OAuth2 tokens of a project are for other Sinch APIs (Conversation, Numbers, Fax), the API token of a service plan is for SMS.',
    source:
      'https://developers.sinch.com/docs/voice/api-reference/authentication/; sinch/ruby-sign-requests, README.md, on production applications',
  },
  otherApis,
  fields: [
    'callId',
    'callLeg',
    'conferenceId',
    'applicationKey',
    'number',
    'phoneNumber',
    'destination',
    'cli',
    'callResourceUrl',
    'correlationId',
    'domain',
    'locale',
    'text',
    'id',
    'endpoint',
    'identity',
    'reference',
  ],
  routes: [
    '/calling/v1/callouts',
    '/calling/v1/calls/id/{callId}',
    '/calling/v1/calls/id/{callId}/leg/{callLeg}',
    '/calling/v1/conferences/id/{conferenceId}',
    '/calling/v1/conferences/id/{conferenceId}/{callId}',
    '/v1/configuration/numbers',
    '/v1/configuration/callbacks/applications/{applicationkey}',
    '/v1/calling/query/number/{number}',
    '/verification/v1/verifications',
    '/verification/v1/verifications/id/{id}',
    '/verification/v1/verifications/number/{endpoint}',
  ],
  documentedPaths: [
    { path: '/v1/sms/+46700000000', source: 'sinch/docs, docs/voice/using-rest.md, 2021 (commit a7e241c5)' },
    { path: '/sinch/callback/ace', source: 'Sinch Voice documentation, callback signing page' },
    { path: '/verification/v1/verifications', source: 'sinch-sdk-dotnet, AuthTests.cs' },
    { path: '/path/pathParamValue', source: 'sinch-sdk-node, signing.request.test.ts' },
  ],
};
