import { askedWith } from '../requests/asked-with.ts';
import { continuousDtmfBody, watchOf } from '../schemas/continuous-dtmf.ts';
import { acsError } from '../protocol/errors.ts';
import { dispatch, findConnected, findParticipant } from '../requests/find-call.ts';
import { note } from '../state/notes.ts';
import { defineOperation } from '../requests/operation.ts';

/**
 * Stops reporting a participant's keys. `ContinuousDtmfRecognitionStopped` carries the context of this request.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-media/stop-continuous-dtmf-recognition
 */
export const stopContinuousDtmfRecognition = defineOperation({
  operationId: 'CallMedia_StopContinuousDtmfRecognition',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:stopContinuousDtmfRecognition',
  since: '2023-10-15',
  body: continuousDtmfBody,
  handle: (request, acs) => {
    const { call, connection, state } = findConnected(request, acs);
    const { leg } = findParticipant({ call, state }, request.body.targetParticipant, 'targetParticipant');
    const watch = watchOf(call, leg.id);
    if (!watch)
      throw acsError('invalid-media-mode', { explanations: ['no recognition was started on this participant'] });
    const asked = askedWith(request.body, connection.id, acs);
    dispatch(acs, call.id, note('operation-asked', { kind: 'continuous-dtmf', operation: watch, ...asked }), {
      type: 'cancel-operations',
      operations: [watch],
    });
    return { status: 200, connection: connection.id, call: call.id };
  },
});
