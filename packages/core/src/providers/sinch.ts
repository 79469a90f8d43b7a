import type { ProviderHints } from '../scheme.ts';

/**
 * The Sinch APIs that take application-signed requests, and paths that Sinch's own documentation signed at some time: the
 * signature printed on today's page for `/calling/v1/callouts` still belongs to the SMS path of 2021.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/
 */
export const sinchProvider: ProviderHints = {
  hosts: ['.api.sinch.com', 'callingapi.sinch.com'],
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
