import { definePublicKeyScheme, type PublicKeyScheme } from '../public-key-scheme.ts';

/**
 * The token (JWT, RS256) that Call Automation sends with every event, as a scheme for `verifyAsync`, with the keys that Azure
 * publishes (`publicKeysOfSet`). `acsEventTokenVerifier` fetches those keys itself.
 *
 * Not covered: method, path, query, host, Content-Type, other headers, body.
 *
 * @see https://learn.microsoft.com/en-us/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint
 * @param resourceId the immutable resource id, which the tokens name as their audience
 * @param issuer defaults to that of Call Automation
 * @throws TypeError when one of them is empty
 */
export function acsEventScheme(
  resourceId: string,
  issuer = 'https://acscallautomation.communication.azure.com',
): PublicKeyScheme {
  return definePublicKeyScheme({
    id: 'acs-event-token',
    title: 'Azure Communication Services event',
    documentation:
      'https://learn.microsoft.com/en-us/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint',
    signer: 'provider',
    publicKey: { algorithm: 'rsa-v1_5-sha256', encoding: 'base64url' },
    date: {
      headers: [],
      claim: 'exp',
      format: 'epoch-seconds',
      toleranceSeconds: 5 * 60,
      expires: true,
      leewaySeconds: 60,
    },
    authorization: {
      header: 'authorization',
      template: 'Bearer {header}.{claims}.{signature}',
      anyCaseWord: true,
      keyHeader: { header: '', tokenHeader: 'kid', template: '{keyId}' },
    },
    parts: [
      { name: 'header', source: { from: 'token-header' }, after: '.' },
      { name: 'claims', source: { from: 'token-claims', issuer, audience: resourceId }, after: '' },
    ],
  });
}
