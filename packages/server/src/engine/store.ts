import type { Call, CallId } from './call.ts';
import type { CallEvent } from './event.ts';

/**
 * The door to where calls are kept. It is narrow on purpose: events are appended under the version that the decision
 * was based on, and a call is read. Several processes that share a store behind it decide about the same call without
 * a lock: one append wins, the other sees `conflict`, reads again and decides again.
 *
 * What is folded from the events is kept beside them as a snapshot, so that reading does not replay; it holds nothing
 * that replaying would not give.
 */
export interface CallStore {
  /**
   * Appends the events of one decision: all of them or none.
   *
   * @param expectedVersion the call's version when the decision was made, 0 for a new call
   * @param events numbered from `expectedVersion + 1`, at least one
   * @param folded the call, and the provider's state of it, as they are after the last of the events
   * @param keys what the call can be found by from now on, besides its id; another call's key becomes this one's
   * @param bytes what the events weigh; counted here unless it is known
   */
  append(
    expectedVersion: number,
    events: readonly CallEvent[],
    folded: FoldedCall,
    keys?: readonly string[],
    bytes?: number,
  ): 'appended' | 'conflict';
  /** The call that a key was last given to, as long as it is kept. */
  find(key: string): CallId | undefined;
  /** A call as it is now; `gone` if it ended and the limit on ended calls has dropped it. */
  read(id: CallId): FoldedCall | 'gone' | undefined;
  /** A call's events, first to last; none for a call that is not kept. */
  history(id: CallId): readonly CallEvent[];
  /** Calls that are kept, newest first. */
  list(): readonly Call[];
  /** Calls that are kept and in which the party of an address has a leg or had one, the latest first. */
  listOf(address: string): readonly Call[];
  /** How many calls have not ended. */
  liveCount(): number;
  /** Whether there is room for one more call that has not ended. */
  hasRoom(): boolean;
  /** Forgets the calls that have ended, as if they had never been. */
  forgetEnded(): void;
  /** A call that must end because its history, or all live calls together, weigh more than they may. */
  overweight(): CallId | undefined;
}

/** A call and the provider's state of it, folded from the same events. */
export interface FoldedCall {
  readonly call: Call;
  readonly providerState: unknown;
}

/** Bounds on what a store keeps. Bytes are those of a call's events. */
export interface CallStoreLimits {
  /** Ended calls that are kept, and what they weigh; the one that ended first goes first. */
  readonly maxEndedCalls?: number;
  readonly maxEndedBytes?: number;
  /** Calls that have not ended, and what they weigh together; near it there is no room for one more. */
  readonly maxLiveCalls?: number;
  readonly maxLiveBytes?: number;
  /** What one call that has not ended may weigh. */
  readonly maxCallBytes?: number;
  /** Dropped calls of which it is remembered that they once were. Default 100 000. */
  readonly maxTombstones?: number;
}
