import { object, optional } from '../../../json-schema/schema.ts';
import { askedWith } from '../requests/asked-with.ts';
import { bodyDecoder } from '../protocol/body.ts';
import { failsByFault } from '../requests/faults.ts';
import { dispatch, findConnected, findParticipant } from '../requests/find-call.ts';
import { note } from '../state/notes.ts';
import { defineOperation } from '../requests/operation.ts';
import { promptsOf } from '../requests/prompts.ts';
import { operationCallbackUri, operationContext } from '../schemas/call-options.ts';
import { identifier } from '../schemas/identifier.ts';
import { playSource } from '../schemas/play-source.ts';

const body = bodyDecoder(
  object({
    targetParticipant: identifier,
    playSourceInfo: optional(playSource),
    operationContext,
    operationCallbackUri,
  }),
);

/**
 * Puts a participant on hold. It hears the source that is given, over and over, or music.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-media/hold
 */
export const hold = defineOperation({
  operationId: 'CallMedia_Hold',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:hold',
  since: '2024-09-15',
  body,
  handle: (request, acs) => {
    const { body: asked } = request;
    const { call, connection, state } = findConnected(request, acs);
    const { leg } = findParticipant({ call, state }, asked.targetParticipant, 'targetParticipant');
    const prompts = asked.playSourceInfo
      ? promptsOf([asked.playSourceInfo], 'playSourceInfo', connection, request.apiVersion)
      : [{ kind: 'music' as const }];
    const asking = askedWith(asked, connection.id, acs);
    if (!failsByFault(acs, 'acs-hold', call.id, asking) && !leg.held) {
      const operation = acs.newId();
      dispatch(
        acs,
        call.id,
        { type: 'hold', leg: leg.id, held: true },
        note('operation-asked', { kind: 'hold', operation, ...asking }),
        { type: 'play', operation, prompts, to: [leg.id], repeat: 'forever', interrupt: false },
      );
    }
    return { status: 200, connection: connection.id, call: call.id };
  },
});
