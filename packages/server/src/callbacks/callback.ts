import type { CallbackDraft } from '../contract/callback-draft.ts';

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
