import type { CallEvent } from '../../../engine/event.ts';
import type { AcsCallState } from '../call-state.ts';
import { identifierModel } from '../identifiers.ts';
import { readNote } from '../notes.ts';
import { toAsker, type Step } from './due-event.ts';

/** What failed after it was accepted. */
export function failures(event: CallEvent, state: AcsCallState): Step {
  const failed = readNote(event, 'operation-failed');
  if (!failed) return {};
  const { event: name, result, participant, fromCall, recordingId } = failed;
  const about = {
    ...(participant !== undefined && { participant: identifierModel(participant) }),
    ...(fromCall !== undefined && { fromCall }),
    ...(recordingId !== undefined && { recordingId }),
  };
  return {
    events: toAsker(state, failed, (operationContext) => ({
      name,
      data: ({ version, ids }) => ({ ...about, version, operationContext, resultInformation: result, ...ids }),
    })),
  };
}
