import type { Call } from '../../src/engine/call.ts';
import type { CallEvent } from '../../src/engine/event.ts';
import { evolve } from '../../src/engine/evolve.ts';

/** The call that a whole history makes. */
export function replay(history: readonly CallEvent[]): Call | undefined {
  return history.reduce<Call | undefined>(evolve, undefined);
}
