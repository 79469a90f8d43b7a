import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { AcsCallState } from '../state/call-state.ts';
import { cancelAddFailed, cancelAddSucceeded, moveEvent, participantEvent } from '../events/participant-events.ts';
import { unansweredResult } from '../events/results.ts';
import { identifierModel } from '../protocol/identifiers.ts';
import { readNote } from '../state/notes.ts';
import { toAsker, type Step } from './due-event.ts';

/** What became of participants that were invited, removed or moved. */
export function departures(event: CallEvent, state: AcsCallState, call: Call): Step {
  const tooLate = readNote(event, 'cancel-add-failed');
  if (tooLate) {
    const { invitationId = '', result } = tooLate;
    return { events: toAsker(state, tooLate, (context) => cancelAddFailed(invitationId, context, result)) };
  }
  switch (event.type) {
    case 'leg-answered': {
      const invitation = byId(state.invitations, event.leg);
      return {
        events: toAsker(state, invitation, participantResult('AddParticipantSucceeded', invitation?.participant)),
      };
    }
    case 'leg-moved-in': {
      const move = byId(state.moves, event.leg.id);
      const participant = identifierModel(move?.participant ?? '');
      const from = move?.fromConnection ?? '';
      return {
        events: toAsker(state, move, (context) => moveEvent('MoveParticipantSucceeded', participant, from, context)),
      };
    }
    case 'leg-ended':
      return legEnded(event.leg, state, call);
    default:
      return {};
  }
}

function legEnded(id: string, state: AcsCallState, call: Call): Step {
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
}

function participantResult(
  name: 'AddParticipantSucceeded' | 'RemoveParticipantSucceeded',
  rawId: string | undefined,
): Parameters<typeof toAsker>[2] {
  return (context) => participantEvent(name, identifierModel(rawId ?? ''), context);
}
