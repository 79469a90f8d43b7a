import { unread } from '../../kit/body.ts';
import { SinchError } from '../protocol/errors.ts';
import { defineOperation } from '../requests/operation.ts';
import { giveSvaml } from './update-call.ts';

const legs = ['caller', 'callee', 'both'] as const;

/**
 * Plays SVAML on one leg of a call, or on both.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Calls/#tag/Calls/operation/Calling_ManageCallWithCallLeg
 */
export const updateCallLeg = defineOperation({
  operationId: 'Calling_ManageCallWithCallLeg',
  method: 'PATCH',
  path: '/calling/v1/calls/id/{callId}/leg/{callLeg}',
  body: unread,
  handle: (request, parts) => {
    const leg = legs.find((known) => known === request.params['callLeg']?.toLowerCase());
    if (!leg) throw new SinchError(40001, `Invalid parameters: callLeg is one of ${legs.join(', ')}`);
    giveSvaml(request, parts, leg);
    return { status: 200, body: {} };
  },
});
