import type { IdentifierModel } from '../protocol/identifiers.ts';
import type { AcsEvent } from './envelope.ts';
import { results, type ResultInformation } from './results.ts';

type ParticipantEventName =
  'AddParticipantSucceeded' | 'AddParticipantFailed' | 'RemoveParticipantSucceeded' | 'RemoveParticipantFailed';

/** How adding or removing one participant ended. */
export function participantEvent(
  name: ParticipantEventName,
  participant: IdentifierModel,
  operationContext: string | undefined,
  resultInformation: ResultInformation = results.succeeded,
): AcsEvent {
  return {
    name,
    data: ({ version, ids }) => ({ participant, version, operationContext, resultInformation, ...ids }),
  };
}

/** `MoveParticipantSucceeded` or `…Failed`: one participant of another call. */
export function moveEvent(
  name: 'MoveParticipantSucceeded' | 'MoveParticipantFailed',
  participant: IdentifierModel,
  fromCall: string,
  operationContext: string | undefined,
  resultInformation: ResultInformation = results.succeeded,
): AcsEvent {
  return {
    name,
    data: ({ version, ids }) => ({ participant, fromCall, version, operationContext, resultInformation, ...ids }),
  };
}

/** `CancelAddParticipantSucceeded`: the participant is no longer being called. */
export function cancelAddSucceeded(
  invitationId: string,
  rawId: string,
  operationContext: string | undefined,
): AcsEvent {
  const message = `addParticipants failed for participant ${rawId}. Underlying reason: The conversation has ended. DiagCode: 0#5300.@`;
  return {
    name: 'CancelAddParticipantSucceeded',
    data: ({ version, ids }) => ({
      invitationId,
      version,
      operationContext,
      resultInformation: { code: 200, subCode: 5300, message },
      ...ids,
    }),
  };
}

/** `CancelAddParticipantFailed`: the participant answered, or there is no such invitation any more. */
export function cancelAddFailed(
  invitationId: string,
  operationContext: string | undefined,
  resultInformation: ResultInformation,
): AcsEvent {
  return {
    name: 'CancelAddParticipantFailed',
    data: ({ version, ids }) => ({ invitationId, version, operationContext, resultInformation, ...ids }),
  };
}
