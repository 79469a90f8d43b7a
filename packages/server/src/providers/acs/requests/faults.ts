import type { FaultKind, FaultTable } from '../../../contract/fault.ts';
import type { AcsContext } from './context.ts';
import { results, type ResultInformation } from '../events/results.ts';
import { dispatch } from './find-call.ts';
import { note, type FailureRecord } from '../state/notes.ts';

/**
 * While one of these faults is switched on, its operation is accepted and then reported as failed, by this event. The
 * fault's `status` and `code` become the result's code and subcode, 500 and 9999 unless said.
 */
const failureEvents = {
  'acs-play': 'PlayFailed',
  'acs-recognize': 'RecognizeFailed',
  'acs-answer': 'AnswerFailed',
  'acs-connect': 'ConnectFailed',
  'acs-start-recording': 'StartRecordingFailed',
  'acs-remove-participant': 'RemoveParticipantFailed',
  'acs-move-participants': 'MoveParticipantFailed',
  'acs-send-dtmf': 'SendDtmfTonesFailed',
  'acs-continuous-dtmf': 'ContinuousDtmfRecognitionToneFailed',
  'acs-hold': 'HoldFailed',
} as const satisfies Readonly<Record<string, FailureRecord['event']>>;

/** A fault by which an operation fails after it was accepted. */
export type FailureFault = keyof typeof failureEvents;

/** The faults of this provider. */
export const acsFaults: FaultTable = {
  ...Object.fromEntries(
    Object.entries(failureEvents).map(([name, event]) => {
      const effect = `the operation is accepted, and fails by ${event}`;
      const kind: FaultKind = { effect, takesStatus: true, codes: 'number' };
      return [name, kind];
    }),
  ),
  'acs-refuse': {
    effect: 'every request of Call Automation is refused with its status and code',
    takesStatus: true,
    codes: 'text',
  },
  'acs-sms': { effect: 'no text message is delivered' },
};

/** The result that a fault asks for; `undefined` while it is switched off. */
export function faultResult(acs: Pick<AcsContext, 'fault'>, fault: FailureFault): ResultInformation | undefined {
  const setting = acs.fault(fault);
  if (!setting) return undefined;
  const code = setting.status ?? results.unknown.code;
  const subCode = Number(setting.code ?? results.unknown.subCode);
  const known = Object.values(results).find((result) => result.code === code && result.subCode === subCode);
  return { code, subCode, message: (known ?? results.unknown).message };
}

/** Has an operation fail while its fault is switched on. Returns whether it did. */
export function failsByFault(
  acs: AcsContext,
  fault: FailureFault,
  callId: string,
  failure: Omit<FailureRecord, 'event' | 'result'>,
): boolean {
  const result = faultResult(acs, fault);
  if (!result) return false;
  dispatch(acs, callId, note('operation-failed', { event: failureEvents[fault], result, ...failure }));
  return true;
}
