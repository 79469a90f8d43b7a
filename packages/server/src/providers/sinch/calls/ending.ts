import type { EndCause } from '../../../engine/call.ts';
import { callingErrorFields } from '../callbacks/notify.ts';
import type { CallOutcome, EndReason } from '../state/outcome.ts';
import type { Turn } from './turn.ts';

/** Ends the call for a reason; the first reason given stays. In a conference the call's own leg leaves the room. */
export function finishCall(turn: Turn, outcome: CallOutcome, cause: EndCause = 'dropped'): void {
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

/** Why a call ends without a party hanging up and without a `hangup` in SVAML. */
export interface EndExplanation {
  readonly code: string;
  /** A sentence for people. */
  readonly summary: string;
}

/**
 * Ends the call because the application or this server decided so.
 *
 * @param why what the timeline says of it; only a `hangup` that the application asked for goes without
 */
export function endCallFor(turn: Turn, reason: EndReason, why: EndExplanation | 'hangup'): void {
  if (why !== 'hangup') turn.refuse(why.code, why.summary);
  const answered = turn.state.answeredAtMs !== undefined;
  const failed = reason === 'MANAGERHANGUP' ? 'N/A' : 'FAILED';
  finishCall(turn, { result: answered ? 'ANSWERED' : failed, reason });
}

/** The application did not say what to do with the call. */
export const unansweredIce: EndExplanation = {
  code: 'callback/unanswered',
  summary: 'The call ends because ICE got no answer that says what to do with it',
};

/** Ends the call because an action needs a party, and none is there. */
export function failWithoutParty(turn: Turn, action: string): void {
  endCallFor(turn, 'GENERALERROR', {
    code: 'svaml/nobody-there',
    summary: `The call ends because ${action} needs somebody in it, and nobody has been connected yet`,
  });
}

/** Ends the call because its SVAML cannot be played, and tells the application what is wrong with it. */
export function failSvaml(turn: Turn, problem: string): void {
  turn.tell('notify', callingErrorFields(40001, problem));
  endCallFor(turn, 'INVALIDSVAMLACTION', {
    code: 'svaml/invalid',
    summary: `The call ends because its SVAML cannot be played: ${problem}`,
  });
}
