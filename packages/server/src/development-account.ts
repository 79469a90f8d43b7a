import type { Secret } from '@countersign/core/secret';
import { plugOf } from './accounts.ts';
import type { Account } from './contract/account.ts';
import { plugs, type ProviderTypes } from './plugs.ts';

/** Whether an account is one of the public ones. */
export function isDevelopmentAccount(account: Account): boolean {
  const plug = plugOf(account);
  return plug.account.id(account) === plug.development('').account;
}

/** Whether a credential is one of the public ones, which everybody holds. */
export function isDevelopmentCredential({ secret }: { readonly secret: Secret | string }): boolean {
  const text = typeof secret === 'string' ? secret : secret.expose().text;
  return plugs.some((plug) => plug.development('').signing.secret === text);
}

type Each<T> = (T extends unknown ? (one: T) => void : never) extends (all: infer All) => void ? All : never;

/** The environment variables with which official SDKs and the command line reach the development account. */
export type DevelopmentEnvironment = Each<ProviderTypes['environment']>;

/** The development account's variables, for a server at that URL. */
export function developmentEnvironment(serverUrl: string): DevelopmentEnvironment {
  return Object.assign({}, ...plugs.map((plug) => plug.development(serverUrl).environment)) as DevelopmentEnvironment;
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
