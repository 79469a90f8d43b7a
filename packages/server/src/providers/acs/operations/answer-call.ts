import { object, optional, string } from '../../../json-schema/schema.ts';
import { checkCallbackUri } from '../requests/callback-uri.ts';
import { connectionProperties } from '../state/connection-properties.ts';
import type { CallConnection } from '../state/connection.ts';
import { bodyDecoder } from '../protocol/body.ts';
import { applicationIdentity, serverCallIdOf } from '../protocol/derived-ids.ts';
import { faultResult } from '../requests/faults.ts';
import { dispatch, stateOf } from '../requests/find-call.ts';
import { findIncomingCall } from '../requests/find-incoming-call.ts';
import { isPhoneNumber, rawIdOf } from '../protocol/identifiers.ts';
import { mediaOptions } from '../requests/media-options.ts';
import { note } from '../state/notes.ts';
import { defineOperation } from '../requests/operation.ts';
import {
  callIntelligenceOptions,
  mediaStreamingOptions,
  operationContext,
  transcriptionOptions,
} from '../schemas/call-options.ts';
import { communicationUser } from '../schemas/identifier.ts';

const body = bodyDecoder(
  object({
    incomingCallContext: string({ minLength: 1 }),
    callbackUri: string(),
    operationContext,
    callIntelligenceOptions,
    answeredBy: optional(communicationUser),
    mediaStreamingOptions,
    transcriptionOptions,
  }),
);

/**
 * Answers an incoming call. `CallConnected` follows.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/answer-call/answer-call
 */
export const answerCall = defineOperation({
  operationId: 'AnswerCall',
  method: 'POST',
  path: '/calling/callConnections:answer',
  since: '2023-03-06',
  repeatable: true,
  body,
  handle: ({ account, apiVersion, body: request }, acs) => {
    const callbackUri = checkCallbackUri(request.callbackUri, 'CallbackUri', acs);
    const { call, leg } = findIncomingCall(request.incomingCallContext, account, acs);
    const application = request.answeredBy?.id ?? applicationIdentity(account.resourceId, call.id);
    const caller = rawIdOf(leg.party);
    const dialed = leg.presented ?? '';
    const { callerDisplayName } = stateOf(call.id, acs).details;
    const connection: CallConnection = {
      id: call.id,
      origin: 'answered',
      apiVersion,
      callbackUri,
      source: caller,
      application,
      sourceDisplayName: callerDisplayName || (isPhoneNumber(caller) ? caller.slice(2) : ''),
      targets: [application],
      answeredFor: /^\d+:/.test(dialed) ? dialed : `4:${dialed}`,
      ...(request.operationContext !== undefined && { operationContext: request.operationContext }),
      ...mediaOptions(request, acs),
    };
    const result = faultResult(acs, 'acs-answer');
    dispatch(acs, call.id, note('connection-made', result ? { ...connection, failsWith: result } : connection));
    if (!result) dispatch(acs, call.id, { type: 'answer', leg: leg.id });
    return {
      status: 200,
      body: connectionProperties(connection, 'unknown', serverCallIdOf(call.id), apiVersion),
      connection: connection.id,
      call: call.id,
    };
  },
});
