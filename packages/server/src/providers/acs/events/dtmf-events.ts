import { toneOf } from '../schemas/tone.ts';
import type { AcsEvent } from './envelope.ts';
import { results, type ResultInformation } from './results.ts';

/** `ContinuousDtmfRecognitionToneReceived`: one key; `sequenceId` counts from 1. */
export function toneReceived(operationContext: string | undefined, key: string, sequenceId: number): AcsEvent {
  return {
    name: 'ContinuousDtmfRecognitionToneReceived',
    data: ({ version, ids }) => ({
      sequenceId,
      tone: toneOf(key),
      version,
      operationContext,
      resultInformation: results.succeeded,
      ...ids,
    }),
  };
}

type DtmfEventName =
  | 'ContinuousDtmfRecognitionStopped'
  | 'ContinuousDtmfRecognitionToneFailed'
  | 'SendDtmfTonesCompleted'
  | 'SendDtmfTonesFailed';

/** The end of a continuous recognition or of tones that were sent. */
export function dtmfEvent(
  name: DtmfEventName,
  operationContext: string | undefined,
  resultInformation: ResultInformation,
): AcsEvent {
  return { name, data: ({ version, ids }) => ({ version, operationContext, resultInformation, ...ids }) };
}
