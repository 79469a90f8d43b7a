import type { AcsContext } from './context.ts';
import { results, type ResultInformation } from '../events/results.ts';
import { dispatch } from './find-call.ts';
import { note, type FailureRecord } from '../state/notes.ts';

/**
 * The faults of this provider: while one is switched on, the operation is accepted and then reported as failed. The
 * fault's `status` and `code` become the result's code and subcode, 500 and 9999 unless said.
 */
export const acsFaults = {
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

/** A fault of this provider, as the control API knows it. */
export type AcsFault = keyof typeof acsFaults;

/** The result that a fault asks for; `undefined` while it is switched off. */
export function faultResult(acs: Pick<AcsContext, 'fault'>, fault: AcsFault): ResultInformation | undefined {
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
  fault: AcsFault,
  callId: string,
  failure: Omit<FailureRecord, 'event' | 'result'>,
): boolean {
  const result = faultResult(acs, fault);
  if (!result) return false;
  dispatch(acs, callId, note('operation-failed', { event: acsFaults[fault], result, ...failure }));
  return true;
}
