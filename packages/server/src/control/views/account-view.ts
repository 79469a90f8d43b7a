import { plugOf } from '../../accounts.ts';
import type { Account } from '../../contract/account.ts';

/** An account as people may see it: never with a key. */
export interface AccountSummary {
  readonly provider: string;
  /** As its provider names it: a resource id, an application key. */
  readonly id: string;
  readonly numbers: readonly string[];
  /** The names of its keys. */
  readonly keys: readonly string[];
  readonly host?: string;
  readonly callbacks?: { readonly primary?: string; readonly fallback?: string };
}

/** An account as the control API shows it, without its keys. */
export function summarizeAccount(account: Account): AccountSummary {
  const { account: kind } = plugOf(account);
  const { provider, numbers } = account;
  const host = kind.host?.(account);
  const callbacks = kind.callbacks?.(account);
  const keys = kind.credentials(account).map(({ name }) => name ?? 'secret');
  return {
    provider,
    id: kind.id(account),
    numbers,
    keys,
    ...(host !== undefined && { host }),
    ...(callbacks && { callbacks }),
  };
}
