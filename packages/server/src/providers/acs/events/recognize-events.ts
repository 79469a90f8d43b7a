import type { CollectResult } from '../../../engine/event.ts';
import { toneOf, type Tone } from '../schemas/tone.ts';
import type { AcsEvent } from './envelope.ts';
import { results, type ResultInformation } from './results.ts';

/** What the recognizer of this server reports: it is given words, so it is sure of them. */
const confidence = 1;

/** `RecognizeCompleted`: keys, one of the choices, or speech. */
export function recognizeCompleted(operationContext: string | undefined, result: CollectResult): AcsEvent {
  return {
    name: 'RecognizeCompleted',
    data: ({ version, ids }) => ({
      operationContext,
      resultInformation: completion(result),
      ...recognized(result),
      version,
      ...ids,
    }),
  };
}

function completion(result: CollectResult): ResultInformation {
  switch (result.kind) {
    case 'choice':
      return result.by === 'tone' ? results['dtmf-option'] : results['speech-option'];
    case 'speech':
      return results['speech-recognized'];
    case 'tones':
      return result.ended === 'stop-tone' ? results['stop-tone'] : results['max-digits'];
  }
}

function recognized(result: CollectResult): Readonly<Record<string, unknown>> {
  switch (result.kind) {
    case 'tones':
      return { recognitionType: 'dtmf', dtmfResult: { tones: tonesOf(result.tones) } };
    case 'choice':
      return {
        recognitionType: 'choices',
        choiceResult: {
          label: result.label,
          ...(result.by === 'phrase' && { recognizedPhrase: result.recognized, confidence }),
        },
      };
    case 'speech':
      return { recognitionType: 'speech', speechResult: { speech: result.text, confidence } };
  }
}

/** Keys in the API's words: `12#` → `one`, `two`, `pound`. */
function tonesOf(keys: string): Tone[] {
  return Array.from(keys, toneOf);
}

/** `RecognizeFailed`: silence, something unexpected, or a prompt that could not be played. */
export function recognizeFailed(
  operationContext: string | undefined,
  resultInformation: ResultInformation,
  failedPlaySourceIndex?: number,
): AcsEvent {
  return {
    name: 'RecognizeFailed',
    data: ({ version, ids }) => ({
      operationContext,
      resultInformation,
      failedPlaySourceIndex,
      version,
      ...ids,
    }),
  };
}

/** `RecognizeCanceled`: by request, by another operation, or with the call. */
export function recognizeCanceled(operationContext: string | undefined): AcsEvent {
  return {
    name: 'RecognizeCanceled',
    data: ({ version, ids }) => ({
      version,
      operationContext,
      resultInformation: results['recognize-canceled'],
      ...ids,
    }),
  };
}
