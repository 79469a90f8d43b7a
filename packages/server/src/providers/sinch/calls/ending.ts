import type { EndCause } from '../../../engine/call.ts';
import { callingErrorFields } from '../callbacks/notify.ts';
import type { CallOutcome, EndReason } from './outcome.ts';
import type { Turn } from './turn.ts';

/** Ends the call for a reason; the first reason given stays. In a conference the call's own leg leaves the room. */
export function endCall(turn: Turn, outcome: CallOutcome, cause: EndCause = 'dropped'): void {
  const { membership } = turn.state;
  turn.set({
    outcome: turn.state.outcome ?? outcome,
    program: undefined,
    awaited: undefined,
    menu: undefined,
    parked: undefined,
  });
  if (membership?.room !== undefined) {
    turn.command({ type: 'end-leg', leg: membership.leg, cause }, membership.room);
  } else {
    turn.command({ type: 'end-call', cause });
  }
}

/** Ends the call because the application or this server decided so. */
export function endCallFor(turn: Turn, reason: EndReason): void {
  const answered = turn.state.answeredAtMs !== undefined;
  const failed = reason === 'MANAGERHANGUP' ? 'N/A' : 'FAILED';
  endCall(turn, { result: answered ? 'ANSWERED' : failed, reason });
}

/** Ends the call because its SVAML cannot be played, and tells the application what is wrong with it. */
export function failSvaml(turn: Turn, problem: string): void {
  turn.tell('notify', callingErrorFields(40001, problem));
  endCallFor(turn, 'INVALIDSVAMLACTION');
}
