import { object, string } from '../../../json-schema/schema.ts';
import type { AcsContext } from '../requests/context.ts';
import { findOrOpenCall } from '../requests/call-locator.ts';
import { checkCallbackUri } from '../requests/callback-uri.ts';
import { connectionProperties } from '../state/connection-properties.ts';
import type { CallConnection } from '../state/connection.ts';
import { bodyDecoder } from '../protocol/body.ts';
import { applicationIdentity, serverCallIdOf } from '../protocol/derived-ids.ts';
import { faultResult } from '../requests/faults.ts';
import { dispatch } from '../requests/find-call.ts';
import { mediaOptions } from '../requests/media-options.ts';
import { note } from '../state/notes.ts';
import { defineOperation } from '../requests/operation.ts';
import {
  callIntelligenceOptions,
  callLocator,
  mediaStreamingOptions,
  operationContext,
  transcriptionOptions,
} from '../schemas/call-options.ts';

const body = bodyDecoder(
  object({
    callLocator,
    callbackUri: string(),
    operationContext,
    callIntelligenceOptions,
    mediaStreamingOptions,
    transcriptionOptions,
  }),
);

/**
 * Joins a call that is going on, as a further application with a connection of its own; or a group call or room.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/connect/connect
 */
export const connectCall = defineOperation({
  operationId: 'Connect',
  method: 'POST',
  path: '/calling/callConnections:connect',
  since: '2024-09-15',
  repeatable: true,
  body,
  handle: ({ account, apiVersion, body: request }, acs: AcsContext) => {
    const callbackUri = checkCallbackUri(request.callbackUri, 'CallbackUri', acs);
    const call = findOrOpenCall(request.callLocator, account, acs);
    const id = acs.newId();
    const application = applicationIdentity(account.resourceId, id);
    const connection: CallConnection = {
      id,
      origin: 'connected',
      apiVersion,
      callbackUri,
      source: application,
      application,
      sourceDisplayName: '',
      targets: [],
      ...(request.operationContext !== undefined && { operationContext: request.operationContext }),
      ...mediaOptions(request, acs),
    };
    const result = faultResult(acs, 'acs-connect');
    dispatch(acs, call.id, note('connection-made', result ? { ...connection, failsWith: result } : connection));
    return {
      status: 200,
      body: connectionProperties(connection, 'unknown', serverCallIdOf(call.id), apiVersion),
      connection: id,
      call: call.id,
    };
  },
});
