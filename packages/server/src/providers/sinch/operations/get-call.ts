import { free } from '../callbacks/money.ts';
import { inCallResource } from '../callbacks/number-spelling.ts';
import { callbackTime } from '../callbacks/envelope.ts';
import { durationSeconds } from '../state/duration.ts';
import { defineOperation } from '../requests/operation.ts';
import { findCall } from './find-call.ts';

/**
 * Tells of a call, while it goes on and afterwards.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Calls/#tag/Calls/operation/Calling_GetCallResult
 */
export const getCall = defineOperation({
  operationId: 'Calling_GetCallResult',
  method: 'GET',
  path: '/calling/v1/calls/id/{callId}',
  body: 'none',
  handle: (request, parts) => {
    const { state, call } = findCall(request, parts);
    const { details, outcome } = state;
    const to = details.to ?? state.connection?.to;
    const isOver = call.endedAtMs !== undefined;
    return {
      status: 200,
      body: {
        ...(details.from !== '' && { from: inCallResource({ type: 'number', endpoint: details.from }) }),
        ...(to !== undefined && { to: inCallResource(to) }),
        domain: details.domain,
        callId: state.callId,
        duration: durationSeconds(state, parts.clock.now()),
        status: isOver ? 'FINAL' : 'ONGOING',
        result: isOver ? (outcome?.result ?? 'N/A') : state.answeredAtMs === undefined ? 'N/A' : 'ANSWERED',
        reason: isOver ? (outcome?.reason ?? 'N/A') : 'N/A',
        timestamp: callbackTime(call.openedAtMs),
        ...(details.custom !== undefined && { custom: details.custom }),
        userRate: free,
        debit: free,
      },
    };
  },
});
