import { currentProperties } from '../state/connection-properties.ts';
import { findConnection } from '../requests/find-call.ts';
import { defineOperation } from '../requests/operation.ts';

/** @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-connection/get-call */
export const getCall = defineOperation({
  operationId: 'CallConnection_GetCall',
  method: 'GET',
  path: '/calling/callConnections/{callConnectionId}',
  since: '2023-03-06',
  body: 'none',
  handle: (request, acs) => {
    const { call, connection, state } = findConnection(request, acs);
    return {
      status: 200,
      body: currentProperties(call.id, connection, state, request.apiVersion),
      connection: connection.id,
      call: call.id,
    };
  },
});
