import type { CallEvent } from '../../../engine/event.ts';
import type { AcsCallState } from '../state/call-state.ts';
import type { AcsEvent } from '../events/envelope.ts';
import { identifierModel } from '../protocol/identifiers.ts';
import { readNote, type FailureRecord } from '../state/notes.ts';
import { toAsker, type Step } from './due-event.ts';

/** What failed after it was accepted. */
export function failures(event: CallEvent, state: AcsCallState): Step {
  const failed = readNote(event, 'operation-failed');
  if (!failed) return {};
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
