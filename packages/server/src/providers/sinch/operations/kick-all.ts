import type { Operation } from '../operation.ts';
import { findConference } from './find-conference.ts';

/**
 * Ends a conference: everybody in it is hung up on.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Conferences/#tag/Conferences/operation/Calling_KickConferenceAll
 */
export const kickAll: Operation = {
  method: 'DELETE',
  path: '/calling/v1/conferences/id/:conferenceId',
  run: (request, parts) => {
    const { room } = findConference(request, parts);
    parts.switchboard.dispatch(room, { type: 'end-call', cause: 'dropped' });
    return { status: 204 };
  },
};
