import { type Member, memberOfCall, type RoomState } from '../state/room-state.ts';
import { SinchError } from '../protocol/errors.ts';
import type { OperationParts, OperationRequest } from '../requests/operation.ts';

/**
 * The conference that a request names.
 *
 * @throws SinchError 40400 when it does not go on
 */
export function findConference({ params, account }: OperationRequest, { conferences }: OperationParts): RoomState {
  const id = params['conferenceId'] ?? '';
  const room = conferences.find(account.applicationKey, id);
  if (!room) throw new SinchError(40400, `No such ongoing conference '${id}' in the application's context`);
  return room;
}

/**
 * The participant that a request names by its call.
 *
 * @throws SinchError 40400 when the conference or the participant is not there
 */
export function findParticipant(
  request: OperationRequest,
  parts: OperationParts,
): { readonly room: RoomState; readonly member: Member } {
  const room = findConference(request, parts);
  const callId = request.params['callId'] ?? '';
  const member = memberOfCall(room, callId);
  if (!member) throw new SinchError(40400, `No participant '${callId}' in conference '${room.conferenceId}'`);
  request.about(callId);
  return { room, member };
}
