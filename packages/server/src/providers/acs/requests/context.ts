import type { AcsAccount } from '../accounts/account.ts';
import type { ProviderContext } from '../../provider-context.ts';
import type { BearerTokens } from '../authentication/bearer-token.ts';
import type { Endpoints } from '../event-grid/endpoints.ts';
import type { EventGrid } from '../event-grid/event-grid.ts';

/** What the ACS operations work with. */
export interface AcsContext extends ProviderContext<AcsAccount> {
  /** Verifies bearer tokens against the issuers that the accounts take them from. */
  readonly bearerTokens: BearerTokens;
  /** Announces what happens in the accounts to their subscriptions. */
  readonly eventGrid: EventGrid;
  /** Where the accounts can be called. */
  readonly endpoints: Endpoints;
  /** Where addresses of recordings lead. */
  readonly recordingUrl: () => string;
  /** Registers what is to be done when the server is brought back to how it started. */
  readonly onReset: (action: () => void) => void;
}
