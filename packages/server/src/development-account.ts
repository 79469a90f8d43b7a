import { Secret } from '@countersign/core/secret';
import type { Account, AcsAccount, SinchAccount } from './accounts.ts';

/**
 * The development account: fixed, documented, and public on purpose, like Azurite's. Whoever knows it can do nothing
 * but call a server on a developer's machine. Never let a production service accept it.
 */
export const developmentCredentials = {
  acs: {
    resourceId: 'c0157e51-0000-4000-8000-000000000001',
    accessKey: 'Y291bnRlcnNpZ24gZGV2ZWxvcG1lbnQga2V5LCBwdWJsaWMgb24gcHVycG9zZTogbm90IGEgc2VjcmV0ISEhIQ==',
    number: '+12065550100',
  },
  sinch: {
    applicationKey: 'c0157e51-0000-4000-8000-000000000002',
    applicationSecret: 'cHVibGljIGRldiBrZXkhIQ==',
    number: '+12065550150',
  },
} as const;

/** The ACS resource of the development account. Any number may call or be called; it owns `+12065550100`. */
export function developmentAcsAccount(): AcsAccount {
  const { resourceId, accessKey, number } = developmentCredentials.acs;
  return {
    provider: 'acs',
    resourceId,
    credentials: [{ secret: new Secret(accessKey, 'base64'), name: 'development' }],
    numbers: [number],
  };
}

/** The Sinch application of the development account. It owns `+12065550150`. */
export function developmentSinchAccount(): SinchAccount {
  const { applicationKey, applicationSecret, number } = developmentCredentials.sinch;
  return {
    provider: 'sinch',
    applicationKey,
    credential: { keyId: applicationKey, secret: new Secret(applicationSecret, 'base64'), name: 'development' },
    numbers: [number],
    callbacks: {},
  };
}

/** Whether an account is one of the two public ones. */
export function isDevelopmentAccount(account: Account): boolean {
  return account.provider === 'acs'
    ? account.resourceId === developmentCredentials.acs.resourceId
    : account.applicationKey === developmentCredentials.sinch.applicationKey;
}

/** The environment variables with which official SDKs and this command line reach the development account. */
export function developmentEnvironment(serverUrl: string): Readonly<Record<string, string>> {
  const { acs, sinch } = developmentCredentials;
  return {
    COMMUNICATION_SERVICES_CONNECTION_STRING: `endpoint=${serverUrl}/;accesskey=${acs.accessKey}`,
    SINCH_APPLICATION_KEY: sinch.applicationKey,
    SINCH_APPLICATION_SECRET: sinch.applicationSecret,
  };
}
