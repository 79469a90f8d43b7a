import { developmentAccount } from '@countersign/core/development-account';
import { acsEntry } from '@countersign/core/providers/catalog';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import type { DevelopmentAccess, ProviderPlug } from '../plug.ts';
import { acsAccount, type AcsAccount, type ListedAcsAccount } from './accounts/account.ts';
import { createAcsProvider } from './provider.ts';
import { acsBounds } from './protocol/bounds.ts';
import { acsFaults } from './requests/faults.ts';
import type { AcsCallbackBody } from './events/callback-body.ts';
import { acsOptions, type AcsOptions } from './accounts/options.ts';
import { eventSigningKey } from './authentication/event-signing-key.ts';
import { eventAuthorization, eventTokenId, eventTokenIssuer } from './authentication/event-token.ts';
import { acsSnippets } from './accounts/snippets.ts';

/** The types that ACS brings along. */
export interface AcsTypes {
  readonly name: 'acs';
  readonly account: AcsAccount;
  readonly listed: ListedAcsAccount;
  readonly options: AcsOptions;
  readonly environment: Readonly<Record<'COMMUNICATION_SERVICES_CONNECTION_STRING', string>>;
  readonly callback: AcsCallbackBody;
}

/** Azure Communication Services, as the server plugs it in. */
export const acs: ProviderPlug<AcsTypes> = {
  name: 'acs',
  title: acsEntry.title,
  product: 'Azure Communication Services Call Automation',
  paths: '/calling/…, /identities, /rooms, /sms and /teamsUser',
  schemes: [acsHmac.id],
  account: acsAccount,
  bounds: acsBounds,
  faults: acsFaults,
  options: acsOptions,
  names: ({ recordingHost }) => (recordingHost === undefined ? [] : [recordingHost]),
  development,
  create: createAcsProvider,
  events: async () => (await import('./ready-events/ready-events.ts')).acsReadyEvents,
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

function development(serverUrl: string): DevelopmentAccess<AcsTypes['environment']> {
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
