import { array, object } from '../../../json-schema/schema.ts';
import { askedWith, echoedContext } from '../requests/asked-with.ts';
import { bodyDecoder } from '../protocol/body.ts';
import { acsError } from '../protocol/errors.ts';
import { failsByFault } from '../requests/faults.ts';
import { dispatch, findConnected, findParticipant } from '../requests/find-call.ts';
import { isPhoneNumber } from '../protocol/identifiers.ts';
import { note } from '../state/notes.ts';
import { defineOperation } from '../requests/operation.ts';
import { operationCallbackUri, operationContext } from '../schemas/call-options.ts';
import { identifier } from '../schemas/identifier.ts';
import { keyOf, toneSchema } from '../schemas/tone.ts';

const body = bodyDecoder(
  object({
    tones: array(toneSchema, { minItems: 1, maxItems: 18 }),
    targetParticipant: identifier,
    operationContext,
    operationCallbackUri,
  }),
);

/**
 * Sends up to 18 keys as sound to a participant on the telephone network.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-media/send-dtmf-tones
 */
export const sendDtmfTones = defineOperation({
  operationId: 'CallMedia_SendDtmfTones',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:sendDtmfTones',
  since: '2023-10-15',
  repeatable: true,
  body,
  handle: (request, acs) => {
    const { body: asked } = request;
    const { call, connection, state } = findConnected(request, acs);
    const { leg, rawId } = findParticipant({ call, state }, asked.targetParticipant, 'targetParticipant');
    if (!isPhoneNumber(rawId)) {
      const message = 'The field targetParticipant must be a phone number: tones go to the telephone network only.';
      throw acsError('invalid-argument', { message, target: 'targetParticipant' });
    }
    const asking = askedWith(asked, connection.id, acs);
    if (!failsByFault(acs, 'acs-send-dtmf', call.id, asking)) {
      const operation = acs.newId();
      const tones = asked.tones.map(keyOf).join('');
      dispatch(acs, call.id, note('operation-asked', { kind: 'send-dtmf', operation, ...asking }), {
        type: 'send-tones',
        operation,
        leg: leg.id,
        tones,
      });
    }
    return { status: 202, body: echoedContext(asked), connection: connection.id, call: call.id };
  },
});
