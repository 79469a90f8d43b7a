import { byId } from '../../../engine/keyed.ts';
import { defineOperation } from '../requests/operation.ts';
import { findConference } from './find-conference.ts';

/**
 * Tells who is in a conference.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Conferences/#tag/Conferences/operation/Calling_GetConferenceInfo
 */
export const getConference = defineOperation({
  operationId: 'Calling_GetConferenceInfo',
  method: 'GET',
  path: '/calling/v1/conferences/id/{conferenceId}',
  body: 'none',
  handle: (request, parts) => {
    const room = findConference(request, parts);
    const call = parts.switchboard.call(room.room);
    const legs = typeof call === 'object' ? call.legs : undefined;
    const participants = room.members.flatMap(({ leg, callId, cli, joinedAtMs }) => {
      const there = legs && byId(legs, leg);
      if (joinedAtMs === undefined || !there) return [];
      const duration = Math.round((parts.clock.now() - joinedAtMs) / 1000);
      return [{ cli, id: callId, duration, muted: there.muted, onhold: there.held }];
    });
    return { status: 200, body: { participants } };
  },
});
