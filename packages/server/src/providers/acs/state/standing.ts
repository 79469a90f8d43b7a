import type { CallConnection, StandingConnection } from './connection.ts';

/** All members, those that may be missing, too. */
type Whole<Type> = { readonly [Member in keyof Required<Type>]: Type[Member] };

/**
 * A connection as it stands now. Made in one place and member by member, so that all of them have one hidden class
 * (`engine/copies.ts` says why).
 */
export function standing(
  connection: CallConnection & Partial<StandingConnection>,
  now: Pick<StandingConnection, 'state'> & Partial<StandingConnection>,
): StandingConnection {
  const copy: Whole<StandingConnection> = {
    id: connection.id,
    origin: connection.origin,
    apiVersion: connection.apiVersion,
    callbackUri: connection.callbackUri,
    operationContext: connection.operationContext,
    cognitiveServicesEndpoint: connection.cognitiveServicesEndpoint,
    source: connection.source,
    application: connection.application,
    sourceCallerIdNumber: connection.sourceCallerIdNumber,
    sourceDisplayName: connection.sourceDisplayName,
    targets: connection.targets,
    answeredFor: connection.answeredFor,
    failsWith: connection.failsWith,
    mediaStreaming: connection.mediaStreaming,
    transcription: connection.transcription,
    state: now.state,
    connectedBySeq: now.connectedBySeq ?? connection.connectedBySeq,
    failedBySeq: now.failedBySeq ?? connection.failedBySeq,
    leftBySeq: now.leftBySeq ?? connection.leftBySeq,
  };
  return copy;
}
