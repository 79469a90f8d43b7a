import type { CallState } from '../state/call-state.ts';
import { durationSeconds } from '../state/duration.ts';
import { free } from './money.ts';
import { toInDice, withoutPlus } from './number-spelling.ts';

/**
 * The fields of a disconnected call event, beyond those of every callback.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Callbacks/#tag/Callbacks/operation/dice
 */
export function diceFields(state: CallState, endedAtMs: number): Readonly<Record<string, unknown>> {
  const to = state.details.to ?? state.connection?.to;
  return {
    reason: state.outcome?.reason ?? 'N/A',
    result: state.outcome?.result ?? 'N/A',
    userRate: free,
    debit: free,
    ...(to !== undefined && { to: toInDice(to) }),
    duration: durationSeconds(state, endedAtMs),
    from: withoutPlus(state.details.from),
    callHeaders: state.connection?.callHeaders ?? [],
  };
}
