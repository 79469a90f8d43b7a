import { integer, object, optional, string } from '../../../json-schema/schema.ts';
import { existsIn } from '../protocol/api-versions.ts';
import { askedWith, echoedContext } from '../requests/asked-with.ts';
import { requireCallerId } from '../requests/caller-id.ts';
import { customContextOf } from '../requests/custom-context.ts';
import { bodyDecoder } from '../protocol/body.ts';
import { acsError } from '../protocol/errors.ts';
import { dispatch, findConnected } from '../requests/find-call.ts';
import { checkNumber, identifierModel, isPhoneNumber, readIdentifier } from '../protocol/identifiers.ts';
import { checkRoomFor } from '../requests/max-participants.ts';
import { note } from '../state/notes.ts';
import { defineOperation } from '../requests/operation.ts';
import { participantForVersion } from '../state/participant-version.ts';
import { legOfParticipant } from '../state/participants.ts';
import { maxInvitationSeconds, ringTimeoutMs } from '../requests/ring-timeout.ts';
import { customCallingContext, operationCallbackUri, operationContext } from '../schemas/call-options.ts';
import { identifier, phoneNumber } from '../schemas/identifier.ts';

const body = bodyDecoder(
  object({
    participantToAdd: identifier,
    sourceCallerIdNumber: optional(phoneNumber),
    sourceDisplayName: optional(string()),
    invitationTimeoutInSeconds: optional(integer({ minimum: 0, maximum: maxInvitationSeconds })),
    operationContext,
    operationCallbackUri,
    customCallingContext,
  }),
);

/**
 * Calls somebody into the call. `AddParticipantSucceeded` or `AddParticipantFailed` follows.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-connection/add-participant
 */
export const addParticipant = defineOperation({
  operationId: 'CallConnection_AddParticipant',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}/participants:add',
  since: '2023-03-06',
  repeatable: true,
  body,
  handle: (request, acs) => {
    const { body: asked, apiVersion } = request;
    const { call, connection, state } = findConnected(request, acs);
    const participant = readIdentifier(asked.participantToAdd, 'participantToAdd');
    const callerId = asked.sourceCallerIdNumber?.value;
    if (callerId !== undefined) checkNumber(callerId, 'sourceCallerIdNumber.value');
    if (isPhoneNumber(participant)) requireCallerId(callerId);
    if (legOfParticipant(call, state, participant)) {
      throw acsError('conflict', { explanations: [`${participant} is in the call already, or being called`] });
    }
    checkRoomFor(1, call);
    const leg = acs.newId();
    const asking = askedWith(asked, connection.id, acs);
    dispatch(
      acs,
      call.id,
      note('invited', {
        leg,
        invitationId: leg,
        participant,
        ...asking,
        ...customContextOf(asked.customCallingContext),
      }),
      {
        type: 'add-leg',
        leg: {
          leg,
          party: acs.endpoints.partyAt(participant),
          direction: 'outbound',
          presented: callerId ?? connection.application,
          ringTimeoutMs: ringTimeoutMs(asked.invitationTimeoutInSeconds),
        },
      },
    );
    const added = { identifier: identifierModel(participant), isMuted: false, isOnHold: false };
    return {
      status: 202,
      body: {
        participant: participantForVersion(added, apiVersion),
        ...echoedContext(asked),
        ...(existsIn(apiVersion, '2023-10-15') && { invitationId: leg }),
      },
      connection: connection.id,
      call: call.id,
    };
  },
});
