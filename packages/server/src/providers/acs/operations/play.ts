import { connectedLegs } from '../../../engine/queries.ts';
import { array, boolean, object, optional } from '../../../json-schema/schema.ts';
import { askedWith } from '../requests/asked-with.ts';
import { bodyDecoder, since } from '../protocol/body.ts';
import { acsError } from '../protocol/errors.ts';
import { failsByFault } from '../requests/faults.ts';
import { dispatch, findConnected, findParticipant } from '../requests/find-call.ts';
import { note } from '../state/notes.ts';
import { defineOperation, type OperationAnswer } from '../requests/operation.ts';
import { promptsOf } from '../requests/prompts.ts';
import { operationCallbackUri, operationContext } from '../schemas/call-options.ts';
import { identifier } from '../schemas/identifier.ts';
import { maxPlaySources, playSource } from '../schemas/play-source.ts';

const body = bodyDecoder(
  object({
    playSources: array(playSource, { minItems: 1, maxItems: maxPlaySources }),
    playTo: optional(array(identifier)),
    interruptCallMediaOperation: since('2024-09-15', optional(boolean())),
    playOptions: optional(object({ loop: boolean() })),
    operationContext,
    operationCallbackUri,
  }),
);

/**
 * Plays files, text or SSML to everybody, or to those whom `playTo` names: then everybody else is on hold meanwhile.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-media/play
 */
export const play = defineOperation({
  operationId: 'CallMedia_Play',
  method: 'POST',
  path: '/calling/callConnections/{callConnectionId}:play',
  since: '2023-03-06',
  body,
  handle: (request, acs) => {
    const { body: asked } = request;
    const { call, connection, state } = findConnected(request, acs);
    const prompts = promptsOf(asked.playSources, 'playSources', connection, request.apiVersion);
    const named = (asked.playTo ?? []).map(
      (target, index) => findParticipant({ call, state }, target, `playTo[${index}]`).leg,
    );
    if (named.some((leg) => leg.state !== 'connected')) throw acsError('call-not-established');

    const to = named.map((leg) => leg.id);
    const isNamed = new Set(to);
    const holds = connectedLegs(call).filter((leg) => !isNamed.has(leg.id) && !leg.held);
    const operation = acs.newId();
    const asking = askedWith(asked, connection.id, acs);
    const accepted: OperationAnswer = { status: 202, connection: connection.id, call: call.id };
    if (failsByFault(acs, 'acs-play', call.id, asking)) return accepted;
    dispatch(
      acs,
      call.id,
      note('operation-asked', {
        kind: 'play',
        operation,
        ...asking,
        ...(to.length > 0 && { holds: holds.map((leg) => leg.id) }),
      }),
      {
        type: 'play',
        operation,
        prompts,
        to: to.length > 0 ? to : 'all',
        repeat: asked.playOptions?.loop === true ? 'forever' : 1,
        interrupt: asked.interruptCallMediaOperation ?? false,
      },
    );
    return accepted;
  },
});
