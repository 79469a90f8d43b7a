import { array, object } from '../../../json-schema/schema.ts';
import { echoedContext } from '../requests/asked-with.ts';
import { bodyDecoder } from '../protocol/body.ts';
import { acsError } from '../protocol/errors.ts';
import { dispatch, findConnected, findParticipant } from '../requests/find-call.ts';
import { isPhoneNumber } from '../protocol/identifiers.ts';
import { defineOperation } from '../requests/operation.ts';
import { operationContext } from '../schemas/call-options.ts';
import { identifier } from '../schemas/identifier.ts';

const body = bodyDecoder(
  object({ targetParticipants: array(identifier, { minItems: 1, maxItems: 1 }), operationContext }),
);

/**
 * Mutes one participant, who must be a Communication Services user.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-connection/mute
 */
export const muteParticipants = defineOperation({
  operationId: 'CallConnection_Mute',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}/participants:mute',
  since: '2023-10-15',
  repeatable: true,
  body,
  handle: (request, acs) => {
    const { call, connection, state } = findConnected(request, acs);
    const [target = {}] = request.body.targetParticipants;
    const { leg, rawId } = findParticipant({ call, state }, target, 'targetParticipants[0]');
    if (isPhoneNumber(rawId)) {
      const message = 'The field targetParticipants must name Communication Services users: phones cannot be muted.';
      throw acsError('invalid-argument', { message, target: 'targetParticipants[0]' });
    }
    dispatch(acs, call.id, { type: 'mute', leg: leg.id, muted: true });
    return { status: 200, body: echoedContext(request.body), connection: connection.id, call: call.id };
  },
});
