import type { EndCause, Party } from '../../../engine/call.ts';

/** What became of a call. */
export type CallResult = 'N/A' | 'ANSWERED' | 'BUSY' | 'NOANSWER' | 'FAILED';

/** The reasons for which a call ends, as DiCE says them. */
export const endReasons = [
  'N/A',
  'TIMEOUT',
  'CALLERHANGUP',
  'CALLEEHANGUP',
  'MANAGERHANGUP',
  'CANCEL',
  'GENERALERROR',
  'INVALIDSVAMLACTION',
  'CALLBACKERROR',
  'USERNOTFOUND',
  // Never the case here; the fault `sinch-call` gives them.
  'ESTABLISHED',
  'OTHERPEERANSWERED',
  'BLOCKED',
  'NOCREDITPARTNER',
  'CLIENTNETWORK',
  'CONGESTION',
] as const;

/** Why a call ended. */
export type EndReason = (typeof endReasons)[number];

/** Result and reason, as the call resource and DiCE show them. */
export interface CallOutcome {
  readonly result: CallResult;
  readonly reason: EndReason;
}

/** Outcomes of a call that nobody answered, by why the callee's leg ended. `N/A` with BUSY and TIMEOUT with NOANSWER are documented, the rest is assumed. */
const unanswered: Readonly<Record<EndCause, CallOutcome>> = {
  'hung-up': { result: 'NOANSWER', reason: 'CANCEL' },
  dropped: { result: 'NOANSWER', reason: 'MANAGERHANGUP' },
  busy: { result: 'BUSY', reason: 'N/A' },
  declined: { result: 'BUSY', reason: 'CALLEEHANGUP' },
  'no-answer': { result: 'NOANSWER', reason: 'TIMEOUT' },
  unreachable: { result: 'FAILED', reason: 'GENERALERROR' },
  canceled: { result: 'NOANSWER', reason: 'CANCEL' },
  'call-ended': { result: 'NOANSWER', reason: 'CANCEL' },
  'max-duration': { result: 'NOANSWER', reason: 'TIMEOUT' },
  transferred: { result: 'NOANSWER', reason: 'CANCEL' },
  moved: { result: 'NOANSWER', reason: 'CANCEL' },
  failed: { result: 'FAILED', reason: 'GENERALERROR' },
};

/**
 * The outcome of a call whose leg ended.
 *
 * @param answered whether the call had been answered
 * @param who whose leg it was
 * @param party who is at its end
 */
export function outcomeOf(
  cause: EndCause,
  answered: boolean,
  who: 'caller' | 'callee',
  party: Party['kind'] | undefined,
): CallOutcome {
  if (!answered) {
    const isUnknownUser = cause === 'unreachable' && party === 'user';
    return isUnknownUser ? { result: 'FAILED', reason: 'USERNOTFOUND' } : unanswered[cause];
  }
  return { result: 'ANSWERED', reason: answeredReason(cause, who) };
}

function answeredReason(cause: EndCause, who: 'caller' | 'callee'): EndReason {
  switch (cause) {
    case 'hung-up':
      return who === 'caller' ? 'CALLERHANGUP' : 'CALLEEHANGUP';
    case 'max-duration':
      return 'TIMEOUT';
    case 'failed':
      return 'GENERALERROR';
    default:
      return 'MANAGERHANGUP';
  }
}
