import type { LegId, OperationId, TimerId, TimerPurpose } from './call.ts';
import type { Draft } from './draft.ts';
import { byId } from './keyed.ts';

/** What the engine itself uses timers for. */
export type EnginePurpose = Exclude<TimerPurpose, { kind: 'provider' }>;

/** The id of an engine's timer: there is at most one of each purpose. */
export function timerIdOf(purpose: EnginePurpose): TimerId {
  return `${purpose.kind}:${'leg' in purpose ? purpose.leg : purpose.operation}`;
}

/** Sets a timer, in place of one of the same id. A wait without end (`Infinity`) sets none. */
export function setTimer(draft: Draft, id: TimerId, afterMs: number, purpose: TimerPurpose): void {
  clearTimer(draft, id);
  if (!Number.isFinite(afterMs)) return;
  draft.record({ type: 'timer-set', timer: { id, dueAtMs: draft.atMs + Math.max(0, afterMs), purpose } });
}

/** Sets one of the engine's own timers. */
export function setEngineTimer(draft: Draft, afterMs: number, purpose: EnginePurpose): void {
  setTimer(draft, timerIdOf(purpose), afterMs, purpose);
}

/** Clears a timer, if it runs. */
export function clearTimer(draft: Draft, id: TimerId): void {
  const timer = byId(draft.call.timers, id);
  // Its own id: a copy of the text would be kept beside it.
  if (timer) draft.record({ type: 'timer-cleared', timer: timer.id });
}

/** Clears what an operation waits for. */
export function clearOperationTimers(draft: Draft, operation: OperationId): void {
  clearTimers(
    draft,
    ofOperations.map((kind) => timerIdOf({ kind, operation })),
  );
}

/** Clears what limits a leg. */
export function clearLegTimers(draft: Draft, leg: LegId): void {
  clearTimers(
    draft,
    ofLegs.map((kind) => timerIdOf({ kind, leg })),
  );
}

/** Clears every timer of the call. */
export function clearAllTimers(draft: Draft): void {
  for (const { id } of draft.call.timers) clearTimer(draft, id);
}

const ofOperations = ['play-end', 'tones-end', 'collect-silence', 'collect-inter-tone', 'collect-end-silence'] as const;
const ofLegs = ['ring-timeout', 'max-duration'] as const;

/** Clears those that run, in the order in which they were set. */
function clearTimers(draft: Draft, ids: readonly TimerId[]): void {
  const { timers } = draft.call;
  const running = ids.flatMap((id) => {
    const place = timers.positionOf(id);
    return place === undefined ? [] : [{ id, place }];
  });
  for (const { id } of running.toSorted((one, other) => one.place - other.place)) clearTimer(draft, id);
}
