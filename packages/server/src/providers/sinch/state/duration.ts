import type { CallState } from './call-state.ts';

/** How long the call has been answered, in whole seconds; 0 when nobody has. */
export function durationSeconds(state: CallState, nowMs: number): number {
  if (state.answeredAtMs === undefined) return 0;
  return Math.round(((state.endedAtMs ?? nowMs) - state.answeredAtMs) / 1000);
}
