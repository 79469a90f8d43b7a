import { defineOperation } from '../requests/operation.ts';
import { findParticipant } from './find-conference.ts';

/**
 * Takes a participant out of a conference: its call ends.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Conferences/#tag/Conferences/operation/Calling_KickConferenceParticipant
 */
export const kickParticipant = defineOperation({
  operationId: 'Calling_KickConferenceParticipant',
  method: 'DELETE',
  path: '/calling/v1/conferences/id/{conferenceId}/{callId}',
  body: 'none',
  handle: (request, parts) => {
    const { room, member } = findParticipant(request, parts);
    parts.switchboard.dispatch(room.room, { type: 'end-leg', leg: member.leg, cause: 'dropped' });
    return { status: 200, body: {} };
  },
});
