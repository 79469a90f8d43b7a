import { developmentAccount } from '../development-account.ts';
import type { Scheme } from '../scheme.ts';
import { acsHmac, parseConnectionString } from '../schemes/acs-hmac.ts';
import { sinchApplication } from '../schemes/sinch-application.ts';
import type { Secret } from '../secret.ts';

/** A provider that has a development account on the local server: its names, and where programs keep its credential. */
export interface ProviderEntry {
  /** One word in lower case, as options and the control API have it. */
  readonly name: string;
  /** For people, in a word. */
  readonly title: string;
  /** Signs the requests to it. */
  readonly scheme: Scheme;
  /** The environment variables that hold a credential for it. */
  readonly variables: CredentialVariables;
  /** The public credential and the number of the local server's development account. */
  readonly development: { readonly secret: string; readonly keyId?: string; readonly number: string };
}

/** Environment variables that hold a credential by convention. */
export interface CredentialVariables {
  /** The name of the one that holds the key id; absent where requests name no key. */
  readonly keyId?: string;
  /** The name of the one that holds the secret, or the connection string where there are such. */
  readonly secret: string;
  /** How the provider's connection strings are read; absent where the secret stands alone. */
  readonly connectionString?: ConnectionStringForm;
  /** Other names that the provider's examples give to the same values, by the names above. */
  readonly otherNames: Readonly<Record<string, readonly string[]>>;
}

/** A text in which a provider hands out an address and its key together. */
export interface ConnectionStringForm {
  /** Matches what is meant as one, readable or not; its group is the key as it stands. */
  readonly pattern: RegExp;
  /**
   * Reads one. `host` is the authority of its address.
   *
   * @throws CountersignError `connection-string/malformed`, `secret/empty` or `secret/undecodable`; never with the key
   */
  readonly parse: (text: string) => { readonly host: string; readonly secret: Secret };
}

/** Azure Communication Services, Call Automation. */
export const acsEntry: ProviderEntry = {
  name: 'acs',
  title: 'ACS',
  scheme: acsHmac,
  variables: {
    secret: 'COMMUNICATION_SERVICES_CONNECTION_STRING',
    connectionString: { pattern: /^\s*endpoint=.*?accesskey=(.*)$/is, parse: parseConnectionString },
    // Microsoft's SDK samples in JavaScript, Python and Java.
    otherNames: { COMMUNICATION_SERVICES_CONNECTION_STRING: ['COMMUNICATION_SAMPLES_CONNECTION_STRING'] },
  },
  development: { secret: developmentAccount.acs.accessKey, number: developmentAccount.acs.number },
};

/** Sinch Voice. */
export const sinchEntry: ProviderEntry = {
  name: 'sinch',
  title: 'Sinch',
  scheme: sinchApplication,
  variables: {
    keyId: 'SINCH_APPLICATION_KEY',
    secret: 'SINCH_APPLICATION_SECRET',
    // Sinch's snippets in Java and its examples in C#.
    otherNames: {
      SINCH_APPLICATION_KEY: ['SINCH_APPLICATION_API_KEY', 'SINCH_APP_KEY'],
      SINCH_APPLICATION_SECRET: ['SINCH_APPLICATION_API_SECRET', 'SINCH_APP_SECRET'],
    },
  },
  development: {
    secret: developmentAccount.sinch.applicationSecret,
    keyId: developmentAccount.sinch.applicationKey,
    number: developmentAccount.sinch.number,
  },
};

/** The providers, in the order in which they are shown; the first one is meant where none is named. */
export const providers: readonly ProviderEntry[] = [acsEntry, sinchEntry];
