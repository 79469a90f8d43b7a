import { unread } from '../../kit/body.ts';
import { type ManageRequest, note } from '../state/notes.ts';
import { SinchError } from '../protocol/errors.ts';
import { defineOperation, type OperationParts, type OperationRequest } from '../requests/operation.ts';
import { readJsonBody } from '../requests/request-body.ts';
import { readSvaml } from '../program/parse-svaml.ts';
import { findCall } from './find-call.ts';

/**
 * Plays SVAML on a call that goes on. A parked call takes the SVAML of an ICE answer, which takes it back.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Calls/#tag/Calls/operation/Calling_UpdateCall
 */
export const updateCall = defineOperation({
  operationId: 'Calling_UpdateCall',
  method: 'PATCH',
  path: '/calling/v1/calls/id/{callId}',
  body: unread,
  handle: (request, parts) => {
    giveSvaml(request, parts, 'caller');
    return { status: 204 };
  },
});

/**
 * Hands the body's SVAML to the call.
 *
 * @throws SinchError 40400 for an unknown or ended call, 40001 for SVAML that is not allowed
 */
export function giveSvaml(
  request: OperationRequest<Uint8Array>,
  parts: OperationParts,
  leg: ManageRequest['leg'],
): void {
  const { state, call } = findCall(request, parts);
  if (call.endedAtMs !== undefined) throw new SinchError(40400, 'Call not found: it has ended');
  const value = readJsonBody(request.body);
  const managed = readSvaml(value, 'manage');
  const taken = managed.ok || state.parked === undefined ? managed : readSvaml(value, 'ice');
  if (!taken.ok) throw new SinchError(40001, `Invalid parameters: ${taken.problem}`);
  const data: ManageRequest = { svaml: taken.svaml, place: managed.ok ? 'manage' : 'ice', leg };
  const given = parts.switchboard.dispatch(state.callId, note('sinch-manage', data));
  if (!given.ok) throw new SinchError(40400, 'Call not found: it has ended');
}
