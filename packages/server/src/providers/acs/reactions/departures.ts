import { byId } from '../../../engine/keyed.ts';
import type { Noted } from '../../kit/notes.ts';
import { cancelAddFailed, cancelAddSucceeded, moveEvent, participantEvent } from '../events/participant-events.ts';
import { unansweredResult } from '../events/results.ts';
import { identifierModel } from '../protocol/identifiers.ts';
import type { AcsCallState } from '../state/call-state.ts';
import type { AcsNotes } from '../state/notes.ts';
import { toAsker } from './due-event.ts';
import type { Step, StepAt } from './step.ts';

/** Cancelling an invitation came too late. */
export function cancellationFailed(tooLate: AcsNotes['cancel-add-failed'], _event: Noted, state: AcsCallState): Step {
  const { invitationId = '', result } = tooLate;
  return { events: toAsker(state, tooLate, (context) => cancelAddFailed(invitationId, context, result)) };
}

/** Whoever was invited has answered. */
export const invitationTaken: StepAt<'leg-answered'> = ({ leg }, state) => {
  const invitation = byId(state.invitations, leg);
  return { events: toAsker(state, invitation, participantResult('AddParticipantSucceeded', invitation?.participant)) };
};

/** A participant of another call has come over. */
export const moveTaken: StepAt<'leg-moved-in'> = ({ leg }, state) => {
  const move = byId(state.moves, leg.id);
  const participant = identifierModel(move?.participant ?? '');
  const from = move?.fromConnection ?? '';
  return {
    events: toAsker(state, move, (context) => moveEvent('MoveParticipantSucceeded', participant, from, context)),
  };
};

/** A party has left: whom somebody removed, no longer calls, or called in vain. */
export const departed: StepAt<'leg-ended'> = ({ leg: id }, state, call) => {
  const leg = byId(call.legs, id);
  const departure = byId(state.departures, id);
  if (departure?.why === 'removed') {
    return {
      events: toAsker(state, departure, participantResult('RemoveParticipantSucceeded', departure.participant)),
    };
  }
  if (departure) {
    const { invitationId = '', participant } = departure;
    return { events: toAsker(state, departure, (context) => cancelAddSucceeded(invitationId, participant, context)) };
  }
  const invitation = byId(state.invitations, id);
  if (!invitation || !leg || leg.answeredAtMs !== undefined) return {};
  const participant = identifierModel(invitation.participant);
  const result = unansweredResult(leg);
  return {
    events: toAsker(state, invitation, (context) =>
      participantEvent('AddParticipantFailed', participant, context, result),
    ),
  };
};

function participantResult(
  name: 'AddParticipantSucceeded' | 'RemoveParticipantSucceeded',
  rawId: string | undefined,
): Parameters<typeof toAsker>[2] {
  return (context) => participantEvent(name, identifierModel(rawId ?? ''), context);
}
