import type { Account, SinchAccount } from '../../accounts.ts';

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
 * The Sinch applications of this server with what their owners can change at run time: callback URLs and numbers. It
 * starts from the accounts.
 */
export class Applications {
  readonly #accounts = new Map<string, SinchAccount>();
  readonly #callbacks = new Map<string, CallbackUrls>();
  readonly #numbers = new Map<string, NumberAssignment>();

  constructor(accounts: readonly Account[]) {
    for (const account of accounts) {
      if (account.provider === 'sinch') this.#accounts.set(account.applicationKey, account);
    }
    this.reset();
  }

  /** Takes back what owners have changed: callback URLs and numbers are those of the accounts again. */
  reset(): void {
    this.#numbers.clear();
    for (const account of this.#accounts.values()) {
      const { applicationKey, callbacks } = account;
      this.#callbacks.set(applicationKey, {
        primary: callbacks.primary ?? '',
        fallback: callbacks.fallback ?? '',
      });
      for (const number of account.numbers)
        this.#numbers.set(assignmentId(number, 'voice'), { number, applicationKey, capability: 'voice' });
    }
  }

  /** The account of an application key, compared exactly. */
  account(applicationKey: string): SinchAccount | undefined {
    return this.#accounts.get(applicationKey);
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

  /** Numbers of an application, and those that were unassigned from it and belong to nobody now. */
  numbers(applicationKey: string): readonly NumberAssignment[] {
    return [...this.#numbers.values()].filter(
      (assignment) => assignment.applicationKey === applicationKey || assignment.applicationKey === undefined,
    );
  }

  /** The application that a call to this number reaches. */
  ownerOf(number: string): string | undefined {
    return this.#numbers.get(assignmentId(number, 'voice'))?.applicationKey;
  }

  assign(number: string, capability: Capability, applicationKey: string): void {
    this.#numbers.set(assignmentId(number, capability), { number, capability, applicationKey });
  }

  /** Takes a number from an application. `false` when it was not assigned to it. */
  unassign(number: string, capability: Capability, applicationKey: string): boolean {
    const id = assignmentId(number, capability);
    if (this.#numbers.get(id)?.applicationKey !== applicationKey) return false;
    this.#numbers.set(id, { number, capability });
    return true;
  }
}

function assignmentId(number: string, capability: Capability): string {
  return `${capability} ${number}`;
}
