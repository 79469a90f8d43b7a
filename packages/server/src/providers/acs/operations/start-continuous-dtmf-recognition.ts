import { askedWith } from '../requests/asked-with.ts';
import { watchOf, continuousDtmfBody } from '../schemas/continuous-dtmf.ts';
import { acsError } from '../protocol/errors.ts';
import { failsByFault } from '../requests/faults.ts';
import { dispatch, findConnected, findParticipant } from '../requests/find-call.ts';
import { note } from '../state/notes.ts';
import { defineOperation } from '../requests/operation.ts';

/**
 * Reports every key that a participant presses, until it is stopped.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-media/start-continuous-dtmf-recognition
 */
export const startContinuousDtmfRecognition = defineOperation({
  operationId: 'CallMedia_StartContinuousDtmfRecognition',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:startContinuousDtmfRecognition',
  since: '2023-10-15',
  body: continuousDtmfBody,
  handle: (request, acs) => {
    const { call, connection, state } = findConnected(request, acs);
    const { leg } = findParticipant({ call, state }, request.body.targetParticipant, 'targetParticipant');
    if (watchOf(call, leg.id)) throw acsError('invalid-media-mode');
    const asked = askedWith(request.body, connection.id, acs);
    if (!failsByFault(acs, 'acs-continuous-dtmf', call.id, asked)) {
      const operation = acs.newId();
      dispatch(acs, call.id, note('operation-asked', { kind: 'continuous-dtmf', operation, ...asked }), {
        type: 'watch-tones',
        operation,
        leg: leg.id,
      });
    }
    return { status: 200, connection: connection.id, call: call.id };
  },
});
