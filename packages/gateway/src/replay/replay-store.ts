import type { Header } from '@countersign/core/message';

/** What was answered to a request, to be answered again to its repeats. */
export interface Outcome {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: Uint8Array;
}

/** The key was not there, and is now: the request may be acted upon. */
export interface FreshClaim {
  readonly fresh: true;
  /** Forgets the key again, because the request was not acted upon: its sender's next try is fresh. */
  release(): Promise<void> | void;
  /** Keeps what was answered beside the key. A store without it cannot repeat outcomes. */
  settle?(outcome: Outcome): Promise<void> | void;
}

/** The key was there. */
export interface RepeatedClaim {
  readonly fresh: false;
  readonly firstSeenAt: Date;
  /** What was answered, where it was kept; not yet there while the first request is being answered. */
  readonly outcome?: Outcome | undefined;
}

/** Whether a key was claimed before. */
export type Claim = FreshClaim | RepeatedClaim;

/**
 * Remembers keys. One of your own is the one function `claim`; `docs/production.md` has it for DynamoDB and for Durable
 * Objects, and says why a store that is only eventually consistent is none.
 */
export interface ReplayStore {
  /**
   * Remembers a key, in one step: of all who claim it at the same time, in any process, one gets a fresh claim. A key whose
   * time is over counts as forgotten.
   *
   * @param key up to 64 characters of ASCII
   * @param ttlMs for how long to remember it, in milliseconds; `Infinity` for good
   * @throws whatever is wrong, when it cannot be said whether the key was there: nobody is let in then. A store that is
   * full says so and forgets no key before its time.
   */
  claim(key: string, ttlMs: number): Promise<Claim> | Claim;
  /** Resolves when the store can be asked; rejects when it cannot. For readiness. */
  ready?(): Promise<void>;
  close?(): Promise<void> | void;
}
