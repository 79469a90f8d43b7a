import type { EndCause } from '../../../engine/call.ts';
import { choice, object, optional, string } from '../../../json-schema/schema.ts';
import { bodyDecoder } from '../protocol/body.ts';
import { dispatch } from '../requests/find-call.ts';
import { findIncomingCall } from '../requests/find-incoming-call.ts';
import { defineOperation } from '../requests/operation.ts';

const body = bodyDecoder(
  object({
    incomingCallContext: string({ minLength: 1 }),
    callRejectReason: optional(choice(['none', 'busy', 'forbidden'])),
  }),
);

const causes: Readonly<Record<'none' | 'busy' | 'forbidden', EndCause>> = {
  none: 'declined',
  busy: 'busy',
  forbidden: 'unreachable',
};

/**
 * Turns an incoming call away. The application gets no events.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/reject-call/reject-call
 */
export const rejectCall = defineOperation({
  operationId: 'RejectCall',
  method: 'POST',
  path: '/calling/callConnections:reject',
  since: '2023-03-06',
  repeatable: true,
  body,
  handle: ({ account, body: request }, acs) => {
    const { call, leg } = findIncomingCall(request.incomingCallContext, account, acs);
    const cause = causes[request.callRejectReason ?? 'none'];
    dispatch(acs, call.id, { type: 'end-leg', leg: leg.id, cause });
    return { status: 204, call: call.id };
  },
});
