import { byId } from '../../../engine/keyed.ts';
import { object, optional, string } from '../../../json-schema/schema.ts';
import type { AcsContext } from './context.ts';
import { askedWith } from './asked-with.ts';
import { bodyDecoder } from '../protocol/body.ts';
import { acsError } from '../protocol/errors.ts';
import { dispatch, findConnected } from './find-call.ts';
import { note, streamKey, type StreamRequest } from '../state/notes.ts';
import type { StreamKind } from '../events/streaming-events.ts';
import type { OperationAnswer, OperationRequest } from './operation.ts';
import { requireCognitiveServices } from './prompts.ts';
import { operationCallbackUri, operationContext } from '../schemas/call-options.ts';

/** The bodies that start, stop and update streams; media streams have no locale. */
export const streamBody = bodyDecoder(
  object({
    locale: optional(string({ minLength: 1 })),
    speechModelEndpointId: optional(string()),
    operationContext,
    operationCallbackUri,
  }),
);

/** What `streamBody` reads. */
type StreamBody = ReturnType<typeof streamBody>;

/**
 * Starts, stops or updates a stream of a connection.
 *
 * @throws AcsError 405/8522 when the call was made without the stream's options, 400/8500 when it runs already, or does
 * not run
 */
export function changeStream(
  request: OperationRequest<StreamBody>,
  stream: StreamKind,
  action: StreamRequest['action'],
  acs: AcsContext,
): OperationAnswer {
  const { call, connection, state } = findConnected(request, acs);
  if (stream === 'transcription') requireCognitiveServices(connection);
  const options = stream === 'transcription' ? connection.transcription : connection.mediaStreaming;
  if (!options) {
    const field = stream === 'transcription' ? 'TranscriptionOptions' : 'MediaStreamingOptions';
    throw acsError('missing-configuration', {
      message: `Missing configuration: ${field} must be set when the call is created, answered or connected.`,
    });
  }
  const runs = byId(state.runningStreams, streamKey({ connection: connection.id, stream })) !== undefined;
  if (runs !== (action !== 'start')) {
    const problem = runs ? 'it has been started already' : 'it has not been started';
    throw acsError('invalid-media-mode', { message: `The action is not possible: ${problem}.` });
  }
  const { locale } = request.body;
  const asked = askedWith(request.body, connection.id, acs);
  dispatch(acs, call.id, note('stream-asked', { stream, action, ...asked, ...(locale !== undefined && { locale }) }));
  return { status: 202, connection: connection.id, call: call.id };
}
