import type { Account } from '../../accounts.ts';

/** An account as people may see it: never with a key. */
export interface AccountSummary {
  readonly provider: 'acs' | 'sinch';
  /** The ACS resource id, or the Sinch application key. */
  readonly id: string;
  readonly numbers: readonly string[];
  /** The names of its keys. */
  readonly keys: readonly string[];
  readonly host?: string;
  readonly callbacks?: { readonly primary?: string; readonly fallback?: string };
}

/** An account as the control API shows it, without its keys. */
export function summarizeAccount(account: Account): AccountSummary {
  if (account.provider === 'sinch') {
    const { applicationKey, credential, numbers, callbacks } = account;
    return { provider: 'sinch', id: applicationKey, numbers, keys: [credential.name ?? 'secret'], callbacks };
  }
  const { resourceId, credentials, numbers, host } = account;
  const keys = credentials.map(({ name }, index) => name ?? `key ${index + 1}`);
  return { provider: 'acs', id: resourceId, numbers, keys, ...(host !== undefined && { host }) };
}
