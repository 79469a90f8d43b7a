import { object, string } from '../../../json-schema/schema.ts';
import { customContextOf } from '../requests/custom-context.ts';
import { bodyDecoder } from '../protocol/body.ts';
import { dispatch } from '../requests/find-call.ts';
import { findIncomingCall } from '../requests/find-incoming-call.ts';
import { rawIdOf, readIdentifier } from '../protocol/identifiers.ts';
import { note } from '../state/notes.ts';
import { defineOperation } from '../requests/operation.ts';
import { ringTimeoutMs } from '../requests/ring-timeout.ts';
import { customCallingContext } from '../schemas/call-options.ts';
import { identifier } from '../schemas/identifier.ts';

const body = bodyDecoder(
  object({ incomingCallContext: string({ minLength: 1 }), target: identifier, customCallingContext }),
);

/**
 * Puts an incoming call through to somebody else. The application is not part of the call, and gets no events.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/redirect-call/redirect-call
 */
export const redirectCall = defineOperation({
  operationId: 'RedirectCall',
  method: 'POST',
  path: '/calling/callConnections:redirect',
  since: '2023-03-06',
  repeatable: true,
  body,
  handle: ({ account, body: request }, acs) => {
    const target = readIdentifier(request.target, 'target');
    const { call, leg } = findIncomingCall(request.incomingCallContext, account, acs);
    dispatch(acs, call.id, note('redirected', { leg: leg.id, ...customContextOf(request.customCallingContext) }), {
      type: 'add-leg',
      leg: {
        leg: acs.newId(),
        party: acs.endpoints.partyAt(target),
        direction: 'outbound',
        presented: rawIdOf(leg.party).replace(/^4:/, ''),
        ringTimeoutMs: ringTimeoutMs(),
      },
    });
    return { status: 204, call: call.id };
  },
});
