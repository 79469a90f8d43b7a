import { developmentAccount } from '@countersign/core/development-account';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import type { DevelopmentAccess, ProviderPlug } from '../plug.ts';
import { eventSigningKey } from './event-signing-key.ts';
import { eventAuthorization, eventTokenId, eventTokenIssuer } from './event-token.ts';
import { acsSnippets } from './snippets.ts';

/** Azure Communication Services, as the server plugs it in. */
export const acs: ProviderPlug = {
  name: 'acs',
  title: 'ACS',
  product: 'Azure Communication Services Call Automation',
  accountTitle: 'ACS resource',
  schemes: [acsHmac.id],
  development,
  events: async () => (await import('./ready-events.ts')).acsReadyEvents,
  eventToken: {
    id: eventTokenId,
    title: 'Token of ACS events',
    audience: developmentAccount.acs.resourceId,
    developmentKey: eventSigningKey,
    issuer: eventTokenIssuer,
    keysPath: '/calling/keys',
    authorization: eventAuthorization,
  },
};

function development(serverUrl: string): DevelopmentAccess {
  const { resourceId, accessKey, number } = developmentAccount.acs;
  const connectionString = `endpoint=${serverUrl}/;accesskey=${accessKey}`;
  return {
    account: resourceId,
    number,
    environment: { COMMUNICATION_SERVICES_CONNECTION_STRING: connectionString },
    signing: { scheme: acsHmac.id, secret: accessKey },
    credentials: [
      { title: 'ACS connection string', value: connectionString },
      { title: 'ACS access key', value: accessKey },
      { title: 'ACS resource id', value: resourceId },
      { title: 'ACS number', value: number },
    ],
    snippets: acsSnippets({ connectionString, number }),
  };
}
