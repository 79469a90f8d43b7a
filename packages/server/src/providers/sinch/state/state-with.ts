import type { CallState } from './call-state.ts';

/**
 * A copy of a call's state with other members. Made in one place and member by member, so that all states have one hidden
 * class (`engine/copies.ts` says why).
 */
export function stateWith(state: CallState, change: Partial<CallState>): CallState {
  const copy: CallState = {
    kind: state.kind,
    callId: state.callId,
    applicationKey: state.applicationKey,
    details: state.details,
    caller: state.caller,
    callerAnswered: state.callerAnswered,
    callee: state.callee,
    connection: state.connection,
    ringTone: state.ringTone,
    program: state.program,
    begun: state.begun,
    deferred: state.deferred,
    awaited: state.awaited,
    menu: state.menu,
    parked: state.parked,
    detection: state.detection,
    membership: state.membership,
    recording: state.recording,
    cookies: state.cookies,
    answeredAtMs: state.answeredAtMs,
    endedAtMs: state.endedAtMs,
    outcome: state.outcome,
    due: state.due,
  };
  return Object.assign(copy, change);
}
