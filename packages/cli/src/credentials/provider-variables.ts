import { CountersignError } from '@countersign/core/errors';
import { developmentAccount } from '@countersign/core/development-account';
import { badInput } from '../failure.ts';
import { fromConnectionString, type FoundSecret } from './secret-source.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a scheme's secret is looked for when the command line names none. */
export interface ProviderVariables {
  /** What to set, for the error about a missing secret. */
  readonly wanted: string;
  /** The secret that the environment holds, or `undefined` when none of the variables is set. */
  readonly read: (env: Environment) => FoundSecret | undefined;
  /** The local server's public credential. */
  readonly development: FoundSecret;
}

const development = 'the development account';

/** By scheme id. A scheme that is not here takes its secret from `--secret-env` or `--secret-file`. */
export const providerVariables: Readonly<Record<string, ProviderVariables>> = {
  'acs-hmac': {
    wanted: 'COMMUNICATION_SERVICES_CONNECTION_STRING',
    read: (env) => {
      const origin = 'COMMUNICATION_SERVICES_CONNECTION_STRING';
      const text = variable(origin, env);
      return text !== undefined ? { ...namingOrigin(origin, () => fromConnectionString(text)), origin } : undefined;
    },
    development: { text: developmentAccount.acs.accessKey, origin: development },
  },
  'sinch-application': {
    wanted: 'SINCH_APPLICATION_KEY and SINCH_APPLICATION_SECRET',
    read: (env) => {
      const keyId = variable('SINCH_APPLICATION_KEY', env);
      const text = variable('SINCH_APPLICATION_SECRET', env);
      if (text !== undefined) return { text, ...(keyId && { keyId }), origin: 'SINCH_APPLICATION_SECRET' };
      if (keyId === undefined) return undefined;
      throw badInput('secret/missing', 'SINCH_APPLICATION_KEY is set, but SINCH_APPLICATION_SECRET is not');
    },
    development: {
      text: developmentAccount.sinch.applicationSecret,
      keyId: developmentAccount.sinch.applicationKey,
      origin: development,
    },
  },
};

/** A variable that is there and empty was meant to hold something; the public development account cannot stand in for it. */
function variable(name: string, env: Environment): string | undefined {
  const text = env[name];
  if (text === undefined || text.trim() !== '') return text;
  throw badInput('secret/missing', `the environment variable ${name} is set, but empty; set its value, or unset it`);
}

/** Runs a step on a secret; an error of core's gets the secret's origin in front. */
export function namingOrigin<T>(origin: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (error instanceof CountersignError) throw badInput(error.code, `${origin}: ${error.message}`);
    throw error;
  }
}
