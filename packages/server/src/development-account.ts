import { developmentAccount } from '@countersign/core/development-account';
import { Secret } from '@countersign/core/secret';
import type { Account, AcsAccount, SinchAccount } from './accounts.ts';

/** The ACS resource of the development account. Any number may call or be called; it owns `+12065550100`. */
export function developmentAcsAccount(): AcsAccount {
  const { resourceId, accessKey, number } = developmentAccount.acs;
  return {
    provider: 'acs',
    resourceId,
    credentials: [{ secret: new Secret(accessKey, 'base64'), name: 'development' }],
    numbers: [number],
  };
}

/** The Sinch application of the development account. It owns `+12065550150`. */
export function developmentSinchAccount(): SinchAccount {
  const { applicationKey, applicationSecret, number } = developmentAccount.sinch;
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
    ? account.resourceId === developmentAccount.acs.resourceId
    : account.applicationKey === developmentAccount.sinch.applicationKey;
}

/** Whether a credential is one of the two public ones, which everybody holds. */
export function isDevelopmentCredential({ secret }: { readonly secret: Secret | string }): boolean {
  const text = typeof secret === 'string' ? secret : secret.expose().text;
  return text === developmentAccount.acs.accessKey || text === developmentAccount.sinch.applicationSecret;
}

/** The environment variables with which official SDKs and this command line reach the development account. */
export type DevelopmentEnvironment = Readonly<
  Record<'COMMUNICATION_SERVICES_CONNECTION_STRING' | 'SINCH_APPLICATION_KEY' | 'SINCH_APPLICATION_SECRET', string>
>;

/** The development account's variables, for a server at that URL. */
export function developmentEnvironment(serverUrl: string): DevelopmentEnvironment {
  const { acs, sinch } = developmentAccount;
  return {
    COMMUNICATION_SERVICES_CONNECTION_STRING: `endpoint=${serverUrl}/;accesskey=${acs.accessKey}`,
    SINCH_APPLICATION_KEY: sinch.applicationKey,
    SINCH_APPLICATION_SECRET: sinch.applicationSecret,
  };
}

/** In place of the variables where the development account is switched off: it has none, and says so to whoever reads one. */
export function noDevelopmentEnvironment(): DevelopmentEnvironment {
  const variables = Object.keys(developmentEnvironment('')).map((name) => [
    name,
    {
      get: (): never => {
        throw new Error(`there is no ${name}: the configuration switches the development account off`);
      },
    },
  ]);
  return Object.defineProperties({}, Object.fromEntries(variables)) as DevelopmentEnvironment;
}
