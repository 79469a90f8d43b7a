import type { CallId } from '../engine/call.ts';
import type { CallbackOutcome } from '../engine/command.ts';

/** A callback that is due: what the provider wants delivered, and where. */
export interface CallbackDraft {
  readonly id: string;
  /** The call that it is about; text messages are about none. */
  readonly call?: CallId;
  /** The provider's name of the event, for people: `Microsoft.Communication.CallConnected`, `ace`. */
  readonly event: string;
  /** Where to deliver it: the primary URL and, where the provider has one, the fallback. */
  readonly urls: readonly string[];
  /** Of what the receiver must first be shown to want, by the provider's own name of it (`Provider.admit`). */
  readonly gate?: string;
  /** The body, byte for byte. */
  readonly body: string;
  /**
   * What must be done before the first attempt, in the callback's turn, such as storing a file that it names. Resolves
   * to the body that is then sent in place of `body`.
   */
  readonly prepare?: () => Promise<string>;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** How the provider delivers: signing, order, attempts, time-out. */
  readonly policy: DeliveryPolicy;
  /** When set, the answer (or its absence) goes back to the call as `callback-answered`, or to `onAnswer`. */
  readonly answerWanted: boolean;
  /** Told of the answer in place of the call. */
  readonly onAnswer?: (outcome: CallbackOutcome) => void;
}

/** How a provider delivers its callbacks. One value per provider and account. */
export interface DeliveryPolicy {
  /**
   * `call`: the callbacks of a call are begun one after the other, each settled before the next one starts, or
   * `holdsBackMs` over; `undefined` for no order.
   */
  readonly orderedBy: 'call' | undefined;
  /**
   * The longest that a callback which is not answered holds anything else back, in milliseconds: the next one of its
   * call, others to the same receiver, a virtual clock. Its attempts go on in parallel. Without it, until it is settled.
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
