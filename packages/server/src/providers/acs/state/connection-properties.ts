import { existsIn, type ApiVersion } from '../protocol/api-versions.ts';
import { byId } from '../../../engine/keyed.ts';
import { type AcsCallState, initialState } from './call-state.ts';
import type { CallConnection, StandingConnection } from './connection.ts';
import { correlationIdOf, derivedUuid, serverCallIdOf } from '../protocol/derived-ids.ts';
import { identifierModel } from '../protocol/identifiers.ts';
import { streamKey } from './notes.ts';

/** The states of a call connection in responses. */
export type CallConnectionState =
  'unknown' | 'connecting' | 'connected' | 'transferring' | 'transferAccepted' | 'disconnecting' | 'disconnected';

/**
 * `CallConnectionProperties`, as create, answer, connect and get answer it, in the recorded order of members.
 *
 * @param serverCallId of the call; a call that was only just created has none yet
 * @param version the request's
 * @param runningStreams as the provider's state has them
 */
export function connectionProperties(
  connection: CallConnection,
  callConnectionState: CallConnectionState,
  serverCallId: string | undefined,
  version: ApiVersion,
  runningStreams: AcsCallState['runningStreams'] = initialState.runningStreams,
): Readonly<Record<string, unknown>> {
  const { origin, sourceCallerIdNumber, answeredFor } = connection;
  // Member by member: behind a spread V8 takes several times as long.
  const properties: Record<string, unknown> = { callConnectionId: connection.id };
  if (serverCallId !== undefined) properties['serverCallId'] = serverCallId;
  properties['targets'] = connection.targets.map(identifierModel);
  properties['callConnectionState'] = callConnectionState;
  properties['callbackUri'] = connection.callbackUri;
  if (sourceCallerIdNumber !== undefined) properties['sourceCallerIdNumber'] = { value: sourceCallerIdNumber };
  properties['sourceDisplayName'] = connection.sourceDisplayName;
  properties['source'] = identifierModel(connection.source);
  properties['correlationId'] = correlationIdOf(connection.id);
  if (origin === 'answered' && existsIn(version, '2023-10-15'))
    properties['answeredBy'] = { id: connection.application };
  if (existsIn(version, '2025-05-15')) {
    Object.assign(properties, subscriptions(connection, runningStreams));
    if (answeredFor?.startsWith('4:')) properties['answeredFor'] = { value: answeredFor.slice(2) };
  }
  return properties;
}

/** How a connection stands now, in the words of the API. */
function stateInWords(connection: StandingConnection, state: AcsCallState): CallConnectionState {
  const isTransferring = state.transfers.live.some((transfer) => transfer.connection === connection.id);
  return connection.state === 'connected' && isTransferring ? 'transferring' : connection.state;
}

/** The properties of a connection as they are now. */
export function currentProperties(
  callId: string,
  connection: StandingConnection,
  state: AcsCallState,
  version: ApiVersion,
): Readonly<Record<string, unknown>> {
  const words = stateInWords(connection, state);
  return connectionProperties(connection, words, serverCallIdOf(callId), version, state.runningStreams);
}

function subscriptions(
  { id, mediaStreaming, transcription }: CallConnection,
  running: AcsCallState['runningStreams'],
): Readonly<Record<string, unknown>> {
  return {
    ...(mediaStreaming && {
      mediaStreamingSubscription: {
        id: derivedUuid('media-streaming', id),
        state: byId(running, streamKey({ connection: id, stream: 'media' })) ? 'active' : 'inactive',
        subscribedContentTypes: ['audio'],
      },
    }),
    ...(transcription && {
      transcriptionSubscription: {
        id: derivedUuid('transcription', id),
        state: byId(running, streamKey({ connection: id, stream: 'transcription' })) ? 'active' : 'inactive',
        subscribedResultTypes: transcription.enableIntermediateResults ? ['final', 'intermediate'] : ['final'],
        locale: transcription.locale,
      },
    }),
  };
}
