import type { AcsEvent } from './envelope.ts';
import { results, type ResultInformation } from './results.ts';

/** `PlayStarted`: the first source is heard. */
export function playStarted(operationContext: string | undefined): AcsEvent {
  return playEvent('PlayStarted', operationContext, results['action-completed']);
}

/** `PlayCompleted`: the last source was heard to its end. */
export function playCompleted(operationContext: string | undefined): AcsEvent {
  return playEvent('PlayCompleted', operationContext, results['action-completed']);
}

/** `PlayCanceled`: by request, by another operation, or with the call. */
export function playCanceled(operationContext: string | undefined): AcsEvent {
  return playEvent('PlayCanceled', operationContext, results['play-canceled']);
}

function playEvent(
  name: 'PlayStarted' | 'PlayCompleted' | 'PlayCanceled',
  operationContext: string | undefined,
  resultInformation: ResultInformation,
): AcsEvent {
  return { name, data: ({ version, ids }) => ({ version, operationContext, resultInformation, ...ids }) };
}

/** `PlayFailed`: the source at that index could not be played. */
export function playFailed(
  operationContext: string | undefined,
  resultInformation: ResultInformation,
  failedPlaySourceIndex: number,
): AcsEvent {
  return {
    name: 'PlayFailed',
    data: ({ version, ids }) => ({
      operationContext,
      resultInformation,
      failedPlaySourceIndex,
      version,
      ...ids,
    }),
  };
}

/** `HoldFailed`: the participant could not be held, or the audio for it could not be played. */
export function holdFailed(operationContext: string | undefined, resultInformation: ResultInformation): AcsEvent {
  return {
    name: 'HoldFailed',
    data: ({ version, ids }) => ({ version, operationContext, resultInformation, ...ids }),
  };
}
