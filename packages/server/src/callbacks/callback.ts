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
   * call, others to the same receiver, a virtual clock. Its attempts go on beside them. Without it, until it is settled.
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

/** A callback and what became of it; kept in the outbox within its limit. */
export interface Callback extends Omit<CallbackDraft, 'prepare' | 'onAnswer'> {
  /** `undelivered` callbacks, like delivered ones, can be sent again. */
  readonly state: 'queued' | 'delivering' | 'delivered' | 'undelivered';
  readonly queuedAtMs: number;
  /** The latest of them. */
  readonly attempts: readonly CallbackAttempt[];
  /** How many attempts there were before those; absent when all are here. */
  readonly attemptsDropped?: number;
}

/** Why no answer came back, or none that counts. */
export type CallbackFailure =
  | 'refused' // nobody listens there
  | 'timeout'
  | 'redirect' // redirects are not followed
  | 'dns'
  | 'tls'
  | 'url' // not a URL that callbacks may go to
  | 'not-signed' // the provider could not authenticate it
  | 'answer-too-large'
  | 'fault' // switched on by the control API
  | 'queue-full'
  | 'closed' // the server was closed
  | 'network';

/** What came back, or why nothing did. Any status counts as an answer; 2xx means delivered. */
export type AttemptOutcome =
  | {
      readonly status: number;
      readonly headers: readonly (readonly [name: string, value: string])[];
      readonly body: string;
      /** How long the body was that came, in bytes, when `body` is only its beginning. */
      readonly bodyBytes?: number;
      /** True when there were more headers than are kept. */
      readonly headersCut?: boolean;
    }
  | { readonly failure: CallbackFailure; readonly detail: string };

export interface CallbackAttempt {
  readonly url: string;
  /** Wall clock, milliseconds since the epoch. */
  readonly startedAtMs: number;
  readonly elapsedMs: number;
  readonly requestHeaders: readonly (readonly [name: string, value: string])[];
  readonly outcome: AttemptOutcome;
}
