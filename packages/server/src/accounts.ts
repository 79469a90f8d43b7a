import type { Secret } from '@countersign/core/secret';
import type { Account } from './contract/account.ts';
import { plugs, type ProviderTypes } from './plugs.ts';
import type { ProviderPlug } from './providers/plug.ts';

/** An account of this server, told apart by `provider`. */
export type ConfiguredAccount = ProviderTypes['account'];

/** The provider that an account belongs to. */
export function plugOf({ provider }: Account): ProviderPlug {
  const found = plugs.find(({ name }) => name === provider);
  if (!found) throw new Error(`there is no provider ${provider}`);
  return found;
}

/** The keys of accounts, whichever provider's they are. */
export function keysOf(accounts: readonly Account[]): Secret[] {
  return accounts.flatMap((account) => plugOf(account).account.credentials(account)).map(({ secret }) => secret);
}
