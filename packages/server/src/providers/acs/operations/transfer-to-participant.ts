import { byId } from '../../../engine/keyed.ts';
import { connectedLegs } from '../../../engine/queries.ts';
import { object, optional } from '../../../json-schema/schema.ts';
import { askedWith, echoedContext } from '../requests/asked-with.ts';
import type { AcsCallDetails } from '../state/call-state.ts';
import { customContextOf } from '../requests/custom-context.ts';
import { bodyDecoder, since } from '../protocol/body.ts';
import { acsError } from '../protocol/errors.ts';
import { dispatch, findConnected, findParticipant } from '../requests/find-call.ts';
import { checkNumber, rawIdOf, readIdentifier } from '../protocol/identifiers.ts';
import { note } from '../state/notes.ts';
import { defineOperation } from '../requests/operation.ts';
import { ringTimeoutMs } from '../requests/ring-timeout.ts';
import { customCallingContext, operationCallbackUri, operationContext } from '../schemas/call-options.ts';
import { identifier, phoneNumber } from '../schemas/identifier.ts';

const body = bodyDecoder(
  object({
    targetParticipant: identifier,
    transferee: since('2023-10-15', optional(identifier)),
    operationContext,
    operationCallbackUri,
    customCallingContext,
    sourceCallerIdNumber: since('2024-09-15', optional(phoneNumber)),
  }),
);

/**
 * Hands a participant over to somebody else, whom it calls. When the target answers, `CallTransferAccepted` follows and
 * the participant leaves this call; otherwise `CallTransferFailed`, and all is as before.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-connection/transfer-to-participant
 */
export const transferToParticipant = defineOperation({
  operationId: 'CallConnection_TransferToParticipant',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:transferToParticipant',
  since: '2023-03-06',
  repeatable: true,
  body,
  handle: (request, acs) => {
    const { body: asked, account } = request;
    const { call, connection, state } = findConnected(request, acs);
    const target = readIdentifier(asked.targetParticipant, 'targetParticipant');
    const callerId = asked.sourceCallerIdNumber?.value;
    if (callerId !== undefined) checkNumber(callerId, 'sourceCallerIdNumber.value');
    const connected = connectedLegs(call);
    const [only] = connected;
    const leg = asked.transferee ? findParticipant({ call, state }, asked.transferee, 'transferee').leg : only;
    if (!leg || (!asked.transferee && connected.length > 1)) {
      const message = 'The transferee field is required when several participants are in the call.';
      throw acsError('invalid-argument', { message, target: 'transferee' });
    }
    if (byId(state.transferring, leg.id)) {
      throw acsError('conflict', { explanations: ['this participant is being transferred already'] });
    }

    const transfer = acs.newId();
    const targetCall = acs.newId();
    const transferee = rawIdOf(leg.party);
    const asking = askedWith(asked, connection.id, acs);
    dispatch(
      acs,
      call.id,
      note('transfer-asked', {
        transfer,
        target,
        targetCall,
        leg: leg.id,
        transferee,
        ...asking,
        ...customContextOf(asked.customCallingContext),
      }),
    );
    const details: AcsCallDetails = {
      transfer: { fromCall: call.id, transfer },
      ...customContextOf(asked.customCallingContext),
    };
    dispatch(acs, targetCall, {
      type: 'open-call',
      provider: 'acs',
      account: account.resourceId,
      details,
      legs: [
        {
          leg: acs.newId(),
          party: acs.endpoints.partyAt(target),
          direction: 'outbound',
          presented: callerId ?? transferee.replace(/^4:/, ''),
          ringTimeoutMs: ringTimeoutMs(),
        },
      ],
    });
    return { status: 202, body: echoedContext(asked), connection: connection.id, call: call.id };
  },
});
