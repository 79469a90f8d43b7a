/** A delivery policy by its name, as a callback that is kept or handed on names it. */
export interface DeliveryName {
  /** The provider that delivers so. */
  readonly provider: string;
  /** The provider's own name of the policy. */
  readonly policy: string;
  /** The account whose credentials prove the callback. */
  readonly account: string;
}

/** How a provider delivers callbacks of an account. */
export interface DeliveryPolicy {
  /**
   * `call`: the callbacks of a call are begun one after the other, each settled before the next one starts, or
   * `holdsBackMs` over; `undefined` for no order. One that is tried again meanwhile goes before others that wait for the
   * same receiver.
   */
  readonly orderedBy: 'call' | undefined;
  /**
   * The longest that a callback holds anything else back, in milliseconds: the next one of its call, others to the same
   * receiver, a virtual clock. So long may its receiver take to answer an attempt, counted from when that is posted, and
   * so long may the pauses between its attempts be together. Waiting among others, for a receiver that answers them, does
   * not count. Its attempts go on in parallel. Without it, until it is settled.
   */
  readonly holdsBackMs?: number;
  /** Attempts per URL. */
  readonly attemptsPerUrl: number;
  /** Call-clock milliseconds before attempt n+1 (index n-1), over all URLs; the last value repeats, none means at once. */
  readonly backoffMs: readonly number[];
  /** Wall-clock milliseconds that the receiver has for its whole answer. */
  readonly timeoutMs: number;
  /** Makes the headers that authenticate one attempt, on the wall clock: a JWT, or a signature over this very request. */
  readonly authenticate: (request: CallbackRequest) => Promise<readonly (readonly [name: string, value: string])[]>;
}

/** One attempt, before it is authenticated. */
export interface CallbackRequest {
  readonly method: 'POST';
  readonly url: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array<ArrayBuffer>;
}
