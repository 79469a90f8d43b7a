import type { LegInvitation } from '../../../engine/command.ts';
import { array, object, optional, string } from '../../../json-schema/schema.ts';
import type { AcsCallDetails } from '../state/call-state.ts';
import { checkCallbackUri } from '../requests/callback-uri.ts';
import { requireCallerId } from '../requests/caller-id.ts';
import { connectionProperties } from '../state/connection-properties.ts';
import type { CallConnection } from '../state/connection.ts';
import { bodyDecoder, since } from '../protocol/body.ts';
import { applicationIdentity } from '../protocol/derived-ids.ts';
import { dispatch } from '../requests/find-call.ts';
import { checkNumber, isPhoneNumber, readIdentifier } from '../protocol/identifiers.ts';
import { maxParticipants } from '../requests/max-participants.ts';
import { mediaOptions } from '../requests/media-options.ts';
import { defineOperation } from '../requests/operation.ts';
import { ringTimeoutMs } from '../requests/ring-timeout.ts';
import {
  callIntelligenceOptions,
  mediaStreamingOptions,
  operationContext,
  transcriptionOptions,
} from '../schemas/call-options.ts';
import { communicationUser, identifier, phoneNumber } from '../schemas/identifier.ts';

const body = bodyDecoder(
  object({
    targets: array(identifier, { minItems: 1, maxItems: maxParticipants }),
    callbackUri: string(),
    sourceCallerIdNumber: optional(phoneNumber),
    sourceDisplayName: optional(string()),
    source: optional(communicationUser),
    operationContext,
    callIntelligenceOptions,
    mediaStreamingOptions,
    transcriptionOptions,
    teamsAppSource: since('2025-05-15', optional(object({ appId: string() }))),
  }),
);

/**
 * Places a call to one party or several. It is answered before anybody rings; `CallConnected` follows when the first of
 * them answers, `CallDisconnected` and `CreateCallFailed` when nobody does.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/create-call/create-call
 */
export const createCall = defineOperation({
  operationId: 'CreateCall',
  method: 'POST',
  path: '/calling/callConnections',
  since: '2023-03-06',
  repeatable: true,
  body,
  handle: ({ account, apiVersion, body: request }, acs) => {
    const targets = request.targets.map((target, index) => readIdentifier(target, `targets[${index}]`));
    const callbackUri = checkCallbackUri(request.callbackUri, 'CallbackUri', acs);
    const callerId = request.sourceCallerIdNumber?.value;
    if (callerId !== undefined) checkNumber(callerId, 'sourceCallerIdNumber.value');
    if (targets.some(isPhoneNumber)) requireCallerId(callerId);

    const id = acs.newId();
    const application = request.source?.id ?? applicationIdentity(account.resourceId, id);
    const connection: CallConnection = {
      id,
      origin: 'created',
      apiVersion,
      callbackUri,
      source: application,
      application,
      sourceDisplayName: request.sourceDisplayName ?? '',
      targets,
      ...(callerId !== undefined && { sourceCallerIdNumber: callerId }),
      ...(request.operationContext !== undefined && { operationContext: request.operationContext }),
      ...mediaOptions(request, acs),
    };
    const details: AcsCallDetails = { connection };
    const legs = targets.map((target): LegInvitation => ({
      leg: acs.newId(),
      party: acs.endpoints.partyAt(target),
      direction: 'outbound',
      presented: callerId ?? application,
      ringTimeoutMs: ringTimeoutMs(),
    }));
    dispatch(acs, id, { type: 'open-call', provider: 'acs', account: account.resourceId, details, legs });
    return {
      status: 201,
      body: connectionProperties(connection, 'connecting', undefined, apiVersion),
      connection: id,
      call: id,
    };
  },
});
