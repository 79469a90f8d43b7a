import { CountersignError } from '@countersign/core/errors';
import { providers, type ProviderEntry } from '@countersign/core/providers/catalog';
import { readConnectionString } from '@countersign/core/providers/secret-text';
import { badInput } from '../failure.ts';
import type { FoundSecret } from './secret-source.ts';

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

/** By scheme id. A scheme that is not here takes its secret from `--secret-env` or `--secret-file`. */
export const providerVariables: Readonly<Record<string, ProviderVariables>> = Object.fromEntries(
  providers.map((provider) => [provider.scheme.id, variablesOf(provider)]),
);

function variablesOf({ variables, development }: ProviderEntry): ProviderVariables {
  return {
    wanted: credentialVariableNames(variables).join(' and '),
    read: (env) => readVariables(variables, env),
    development: {
      text: development.secret,
      ...(development.keyId !== undefined && { keyId: development.keyId }),
      origin: 'the development account',
    },
  };
}

/** The names of the variables that hold a credential, the key id's first. */
export function credentialVariableNames({ keyId, secret }: ProviderEntry['variables']): readonly string[] {
  return [...(keyId === undefined ? [] : [keyId]), secret];
}

function readVariables(names: ProviderEntry['variables'], env: Environment): FoundSecret | undefined {
  const keyId = names.keyId === undefined ? undefined : variable(names.keyId, env);
  const text = variable(names.secret, env);
  const origin = names.secret;
  if (text !== undefined) {
    const form = names.connectionString;
    if (form) return { ...namingOrigin(origin, () => readConnectionString(form, text)), origin };
    return { text, ...(keyId && { keyId }), origin };
  }
  if (keyId === undefined) return undefined;
  throw badInput('secret/missing', `${names.keyId} is set, but ${names.secret} is not`);
}

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
