import { BYTES_PER_TURN, ownTurns } from '../../../threads/own-turn.ts';
import type { RoomState } from '../state/room-state.ts';
import { defineOperation, type OperationParts } from '../requests/operation.ts';
import { findConference } from './find-conference.ts';

/** How many participants are removed in one turn of the event loop: the call of each ends, with its callbacks. */
const kickedPerTurn = 100;

/**
 * Ends a conference: everybody in it is hung up on.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Conferences/#tag/Conferences/operation/Calling_KickConferenceAll
 */
export const kickAll = defineOperation({
  operationId: 'Calling_KickConferenceAll',
  method: 'DELETE',
  path: '/calling/v1/conferences/id/{conferenceId}',
  body: 'none',
  handle: (request, parts) => {
    const room = findConference(request, parts);
    const description = `the end of conference ${room.conferenceId}`;
    void parts.clock.awaiting(endRoom(room, parts), { description });
    return { status: 204 };
  },
});

/** Ends a small room at once, a large one over several turns: the last of those who are there go with the room. */
async function endRoom({ room, present }: RoomState, { switchboard }: OperationParts): Promise<void> {
  const legs = present.map(({ id }) => id);
  for (let from = 0; from + kickedPerTurn < legs.length; from += kickedPerTurn) {
    for (const leg of legs.slice(from, from + kickedPerTurn)) {
      switchboard.dispatch(room, { type: 'end-leg', leg, cause: 'dropped' });
    }
    await ownTurns.of(BYTES_PER_TURN);
  }
  switchboard.dispatch(room, { type: 'end-call', cause: 'dropped' });
}
