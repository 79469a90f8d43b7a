import { array, object, string } from '../../../json-schema/schema.ts';
import { askedWith, echoedContext } from '../requests/asked-with.ts';
import { bodyDecoder } from '../protocol/body.ts';
import { acsError } from '../protocol/errors.ts';
import { failsByFault } from '../requests/faults.ts';
import { dispatch, findConnected, findParticipant } from '../requests/find-call.ts';
import { identifierModel } from '../protocol/identifiers.ts';
import { checkRoomFor, maxParticipants } from '../requests/max-participants.ts';
import { note } from '../state/notes.ts';
import { defineOperation } from '../requests/operation.ts';
import { operationCallbackUri, operationContext } from '../schemas/call-options.ts';
import { identifier } from '../schemas/identifier.ts';

const body = bodyDecoder(
  object({
    targetParticipants: array(identifier, { minItems: 1, maxItems: maxParticipants }),
    fromCall: string({ minLength: 1 }),
    operationContext,
    operationCallbackUri,
  }),
);

/**
 * Takes participants over from another call of the same resource. A call that nobody is left in ends.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-connection/move-participants
 */
export const moveParticipants = defineOperation({
  operationId: 'CallConnection_MoveParticipants',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}/participants:moveHere',
  since: '2026-03-12',
  repeatable: true,
  body,
  handle: (request, acs) => {
    const { body: asked, account } = request;
    const { call, connection } = findConnected(request, acs);
    const { fromCall } = asked;
    const from = findConnected({ account, params: { callConnectionId: fromCall } }, acs);
    if (from.call.id === call.id) {
      throw acsError('invalid-argument', { message: 'The field fromCall names this call.', target: 'fromCall' });
    }
    const moved = asked.targetParticipants.map((target, index) =>
      findParticipant(from, target, `targetParticipants[${index}]`),
    );
    checkRoomFor(moved.length, call);
    const asking = askedWith(asked, connection.id, acs);
    for (const { leg, rawId } of moved) {
      const { id } = leg;
      if (failsByFault(acs, 'acs-move-participants', call.id, { participant: rawId, fromCall, ...asking })) continue;
      dispatch(acs, call.id, note('move-asked', { leg: id, participant: rawId, fromConnection: fromCall, ...asking }));
      dispatch(acs, call.id, { type: 'move-leg-in', leg, from: from.call.id });
      dispatch(acs, from.call.id, { type: 'move-leg-out', leg: id, to: call.id });
    }
    return {
      status: 202,
      body: {
        participants: moved.map(({ leg, rawId }) => ({
          identifier: identifierModel(rawId),
          isMuted: leg.muted,
          isOnHold: leg.held,
        })),
        ...echoedContext(asked),
        fromCall,
      },
      connection: connection.id,
      call: call.id,
    };
  },
});
