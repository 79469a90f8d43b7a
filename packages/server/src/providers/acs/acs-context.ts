import type { AcsAccount } from '../../accounts.ts';
import type { ProviderContext } from '../provider-context.ts';

/** What the ACS operations work with. */
export interface AcsContext extends ProviderContext {
  /** The accounts that are ACS resources. */
  readonly acsAccounts: readonly AcsAccount[];
}
