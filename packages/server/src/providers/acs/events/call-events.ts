import type { IdentifierModel } from '../protocol/identifiers.ts';
import type { AcsEvent } from './envelope.ts';
import { results, type ResultInformation } from './results.ts';

/** A participant as events and responses list one. */
export interface CallParticipant {
  readonly identifier: IdentifierModel;
  readonly isMuted: boolean;
  readonly isOnHold: boolean;
}

type CallEventName = 'CallConnected' | 'CallDisconnected' | 'CreateCallFailed' | 'AnswerFailed' | 'ConnectFailed';

/** An event about the connection itself, with the context given when it was made. */
export function connectionEvent(
  name: CallEventName,
  operationContext: string | undefined,
  resultInformation: ResultInformation = results.succeeded,
): AcsEvent {
  return { name, data: ({ version, ids }) => ({ version, operationContext, resultInformation, ...ids }) };
}

/** `ParticipantsUpdated`: everybody who is in the call now. */
export function participantsUpdated(participants: readonly CallParticipant[], sequenceNumber: number): AcsEvent {
  return {
    name: 'ParticipantsUpdated',
    data: ({ version, ids }) => ({
      participants,
      sequenceNumber,
      resultInformation: results.succeeded,
      version,
      ...ids,
    }),
  };
}

/** `CallTransferAccepted`: the target took the call, and `transferee` is with it now. */
export function transferAccepted(
  operationContext: string | undefined,
  transferTarget: IdentifierModel,
  transferee: IdentifierModel,
): AcsEvent {
  return {
    name: 'CallTransferAccepted',
    data: ({ version, ids }) => ({
      transferTarget,
      transferee,
      version,
      operationContext,
      resultInformation: results.succeeded,
      ...ids,
    }),
  };
}

/** `CallTransferFailed`: the target did not take it; the call is as it was. */
export function transferFailed(operationContext: string | undefined, resultInformation: ResultInformation): AcsEvent {
  return {
    name: 'CallTransferFailed',
    data: ({ version, ids }) => ({ version, operationContext, resultInformation, ...ids }),
  };
}
