import { weightOf } from '../bounded/weight.ts';
import type { CallbackDraft } from '../contract/callback-draft.ts';
import type { DeliveryPolicy } from '../contract/delivery-policy.ts';
import type { Callback, CallbackAttempt } from './callback.ts';

/** A callback in the outbox, as it changes. */
export interface Entry {
  draft: CallbackDraft;
  readonly policy: DeliveryPolicy;
  readonly queuedAtMs: number;
  state: Callback['state'];
  attempts: readonly CallbackAttempt[];
  attemptsDropped: number;
  answered: boolean;
  /** The next callback of its call waits for it. */
  holdsBack: boolean;
  /** An attempt got no answer in time, and the call went on without it. */
  isLeftBehind: boolean;
  /** It was cleared: it is neither sent nor reported any more. */
  isForgotten: boolean;
  /** What the draft and the attempts weigh, in bytes. */
  draftBytes: number;
  attemptBytes: number;
}

/** The entry of a callback that has just been queued. */
export function newEntry(draft: CallbackDraft, policy: DeliveryPolicy, queuedAtMs: number): Entry {
  return {
    draft,
    policy,
    queuedAtMs,
    state: 'queued',
    attempts: [],
    attemptsDropped: 0,
    answered: false,
    holdsBack: false,
    isLeftBehind: false,
    isForgotten: false,
    draftBytes: weightOfDraft(draft),
    attemptBytes: 0,
  };
}

/** The callback as it is now. Without spreading, behind which V8 makes a hidden class for each one: it is done at each change. */
export function snapshot({ draft, state, queuedAtMs, attempts, attemptsDropped }: Entry): Callback {
  const { id, call, event, urls, body, headers, delivery, answerWanted } = draft;
  if (call === undefined) {
    const ofNoCall = { id, event, urls, body, headers, delivery, answerWanted, state, queuedAtMs, attempts };
    return attemptsDropped === 0 ? ofNoCall : Object.assign(ofNoCall, { attemptsDropped });
  }
  const callback = { id, call, event, urls, body, headers, delivery, answerWanted, state, queuedAtMs, attempts };
  return attemptsDropped === 0 ? callback : Object.assign(callback, { attemptsDropped });
}

/** A callback that waits has room for what its next attempt is certain to leave. */
const nextAttemptBytes = 2_048;

/** What an entry weighs, in bytes. */
export function weightOfEntry({ draft, draftBytes, attemptBytes: bytes, state }: Entry): number {
  if (state === 'delivered' || state === 'undelivered') return draftBytes + bytes;
  return draftBytes + Math.max(bytes, nextAttemptBytes + weightOf([draft.urls, draft.headers]));
}

/** What a draft weighs, in bytes. */
export function weightOfDraft({ id, call, event, urls, body, headers }: CallbackDraft): number {
  return weightOf({ id, call, event, urls, body, headers });
}
