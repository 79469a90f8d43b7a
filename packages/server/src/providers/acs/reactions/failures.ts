import type { Noted } from '../../kit/notes.ts';
import type { AcsEvent } from '../events/envelope.ts';
import { identifierModel } from '../protocol/identifiers.ts';
import type { AcsCallState } from '../state/call-state.ts';
import type { FailureRecord } from '../state/notes.ts';
import { toAsker } from './due-event.ts';
import type { Step } from './step.ts';

/** An operation failed after it was accepted. */
export function operationFailed(failed: FailureRecord, _event: Noted, state: AcsCallState): Step {
  return { events: toAsker(state, failed, (operationContext) => failureEvent(failed, operationContext)) };
}

/** The event that tells of it. */
export function failureEvent(
  { event: name, result, participant, fromCall, recordingId }: Omit<FailureRecord, 'connection'>,
  operationContext: string | undefined,
): AcsEvent {
  const about = {
    ...(participant !== undefined && { participant: identifierModel(participant) }),
    ...(fromCall !== undefined && { fromCall }),
    ...(recordingId !== undefined && { recordingId }),
  };
  return {
    name,
    data: ({ version, ids }) => ({ ...about, version, operationContext, resultInformation: result, ...ids }),
  };
}
