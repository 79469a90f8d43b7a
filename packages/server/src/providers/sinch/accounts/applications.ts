import type { Credential } from '@countersign/core/secret';
import type { SinchAccount } from './account.ts';
import { BoundedMap } from '../../../bounded/bounded-map.ts';
import { weightOf } from '../../../bounded/weight.ts';
import { sinchBounds } from '../protocol/bounds.ts';

/** What a number can do for an application. */
export type Capability = 'voice' | 'sms';

/** A number and the application that it is assigned to, if any. */
export interface NumberAssignment {
  readonly number: string;
  readonly applicationKey?: string;
  readonly capability: Capability;
}

/** Where an application's callbacks go; empty text means that none is set. */
export interface CallbackUrls {
  readonly primary: string;
  readonly fallback: string;
}

/**
 * The Sinch applications of this server, all of one Sinch account, with what their owner can change at run time: callback URLs and numbers. It
 * starts from the accounts.
 */
export class Applications {
  readonly #accounts = new Map<string, SinchAccount>();
  readonly #callbacks = new Map<string, CallbackUrls>();
  /** All of them are held: none is forgotten because others are assigned. */
  readonly #numbers: BoundedMap<string, NumberAssignment>;

  constructor(accounts: readonly SinchAccount[]) {
    for (const account of accounts) this.#accounts.set(account.applicationKey, account);
    const configured = this.accounts().reduce((sum, { numbers }) => sum + numbers.length, 0);
    const row = sinchBounds['number-assignments'];
    this.#numbers = new BoundedMap(row, {
      weigh: weightOfAssignment,
      held: row,
      // What the configuration names is there whatever is assigned besides.
      heldBound: { items: row.items + configured, bytes: row.bytes + configured * 512 },
    });
    this.reset();
  }

  /** Takes back what the owner has changed: callback URLs and numbers are those of the accounts again. */
  reset(): void {
    for (const id of this.#numbers.keys()) this.#numbers.delete(id);
    for (const account of this.#accounts.values()) {
      const { applicationKey, callbacks } = account;
      this.#callbacks.set(applicationKey, {
        primary: callbacks.primary ?? '',
        fallback: callbacks.fallback ?? '',
      });
      for (const number of account.numbers) this.assign(number, 'voice', applicationKey);
    }
  }

  /** The account of an application key, compared exactly. */
  account(applicationKey: string): SinchAccount | undefined {
    return this.#accounts.get(applicationKey);
  }

  /**
   * What signs an application's callbacks.
   *
   * @throws Error when there is no such application
   */
  credential(applicationKey: string): Credential {
    const account = this.#accounts.get(applicationKey);
    if (!account) throw new Error(`there is no application ${applicationKey}`);
    return account.credential;
  }

  /** Every account, in the order of the configuration. */
  accounts(): readonly SinchAccount[] {
    return [...this.#accounts.values()];
  }

  callbackUrls(applicationKey: string): CallbackUrls {
    return this.#callbacks.get(applicationKey) ?? { primary: '', fallback: '' };
  }

  setCallbackUrls(applicationKey: string, urls: CallbackUrls): void {
    this.#callbacks.set(applicationKey, urls);
  }

  /** The URLs to try for a callback, first the primary one. */
  deliveryUrls(applicationKey: string): readonly string[] {
    const { primary, fallback } = this.callbackUrls(applicationKey);
    return [primary, fallback].filter((url) => url !== '');
  }

  /** Every number of the account, those that were unassigned and belong to no application now included. */
  numbers(): readonly NumberAssignment[] {
    return [...this.#numbers.values()];
  }

  /** The application that a call to this number reaches. */
  ownerOf(number: string): string | undefined {
    return this.#numbers.get(assignmentId(number, 'voice'))?.applicationKey;
  }

  /** Assigns a number to an application. `false` when there is no room for one more number. */
  assign(number: string, capability: Capability, applicationKey: string): boolean {
    const id = assignmentId(number, capability);
    const assignment = { number, capability, applicationKey };
    return this.#numbers.has(id) ? this.#numbers.set(id, assignment) : this.#numbers.hold(id, assignment);
  }

  /** Takes a number from an application. `false` when it was not assigned to it. */
  unassign(number: string, capability: Capability, applicationKey: string): boolean {
    const id = assignmentId(number, capability);
    if (this.#numbers.get(id)?.applicationKey !== applicationKey) return false;
    this.#numbers.set(id, { number, capability });
    return true;
  }
}

function weightOfAssignment(assignment: NumberAssignment, id: string): number {
  return weightOf([id, assignment]);
}

function assignmentId(number: string, capability: Capability): string {
  return `${capability} ${number}`;
}
