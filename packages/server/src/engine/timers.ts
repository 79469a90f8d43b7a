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
  draft.note({ type: 'timer-set', timer: { id, dueAtMs: draft.atMs + Math.max(0, afterMs), purpose } });
}

/** Sets one of the engine's own timers. */
export function setEngineTimer(draft: Draft, afterMs: number, purpose: EnginePurpose): void {
  setTimer(draft, timerIdOf(purpose), afterMs, purpose);
}

/** Clears a timer, if it runs. */
export function clearTimer(draft: Draft, id: TimerId): void {
  if (byId(draft.call.timers, id)) draft.note({ type: 'timer-cleared', timer: id });
}

/** Clears what an operation waits for. */
export function clearOperationTimers(draft: Draft, operation: OperationId): void {
  clearTimers(draft, (purpose) => 'operation' in purpose && purpose.operation === operation);
}

/** Clears what limits a leg. */
export function clearLegTimers(draft: Draft, leg: LegId): void {
  clearTimers(draft, (purpose) => 'leg' in purpose && purpose.leg === leg);
}

/** Clears every timer of the call. */
export function clearAllTimers(draft: Draft): void {
  clearTimers(draft, () => true);
}

function clearTimers(draft: Draft, fits: (purpose: TimerPurpose) => boolean): void {
  for (const timer of draft.call.timers) {
    if (fits(timer.purpose)) clearTimer(draft, timer.id);
  }
}
