import type { AcsAccount } from '../accounts/account.ts';
import type { Party } from '../../../engine/call.ts';
import type { EventGrid } from './event-grid.ts';
import { partyOf } from '../protocol/identifiers.ts';

/** Where the accounts can be called: at their numbers and users, by their raw ids. */
export class Endpoints {
  readonly #accounts: ReadonlyMap<string, AcsAccount>;
  readonly #eventGrid: EventGrid;

  constructor(accounts: readonly AcsAccount[], eventGrid: EventGrid) {
    this.#eventGrid = eventGrid;
    const endpoints = accounts.flatMap((account) =>
      [...account.numbers.map((number) => `4:${number}`), ...(account.users ?? [])].map((id) => [id, account] as const),
    );
    // The first account that has it.
    this.#accounts = new Map(endpoints.toReversed());
  }

  /** The account that is called at a number or user. */
  accountOf(rawId: string): AcsAccount | undefined {
    return this.#accounts.get(rawId);
  }

  /**
   * Who is rung when an application calls somebody. At a number or user of an account whose application is told of
   * incoming calls that is this application; everybody else is a phone.
   */
  partyAt(rawId: string): Party {
    const account = this.accountOf(rawId);
    const isAnnounced =
      account !== undefined && this.#eventGrid.takes(account.resourceId, 'Microsoft.Communication.IncomingCall');
    return isAnnounced ? { kind: 'application', id: rawId } : partyOf(rawId);
  }
}
