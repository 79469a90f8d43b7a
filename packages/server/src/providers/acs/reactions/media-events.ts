import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { OfType } from '../../kit/event-table.ts';
import { participantsUpdated } from '../events/call-events.ts';
import { dtmfEvent, toneReceived } from '../events/dtmf-events.ts';
import type { AcsEvent } from '../events/envelope.ts';
import { holdFailed, playCanceled, playCompleted, playFailed, playStarted } from '../events/play-events.ts';
import { recognizeCanceled, recognizeCompleted, recognizeFailed } from '../events/recognize-events.ts';
import { mediaFailureResult, results, type ResultInformation } from '../events/results.ts';
import { askedOperation, type AcsCallState } from '../state/call-state.ts';
import { participantsOf } from '../state/participants.ts';
import { toAsker, toEveryConnection, type DueEvent } from './due-event.ts';
import type { StepAt } from './step.ts';

/** The types of the events that are about an operation. */
type OperationEventType = Extract<CallEvent, { readonly operation: string }>['type'];

type Encode = (operationContext: string | undefined) => AcsEvent;

/**
 * Tells the application that asked for an operation what became of it. Those that nobody asked for by themselves (the
 * prompt of a recognition) report nothing; neither does hold music.
 */
function told<Type extends OperationEventType>(encode: (event: OfType<CallEvent, Type>) => Encode): StepAt<Type> {
  return (event, state) => {
    const { operation } = event as { readonly operation: string };
    const asked = askedOperation(state, operation);
    return asked && asked.kind !== 'hold' ? { events: toAsker(state, asked, encode(event)) } : {};
  };
}

/** A play has begun. One to some participants puts everybody else on hold: that is reported first, as recorded. */
export const playBegan: StepAt<'play-started'> = (event, state, call) => {
  const asked = askedOperation(state, event.operation);
  if (!asked || asked.kind === 'hold') return {};
  return { events: [...othersOnHold(event.seq, state, call), ...toAsker(state, asked, playStarted)] };
};

/** A play has ended by itself. */
export const playEnded: StepAt<'play-completed'> = told(() => playCompleted);
/** A play was canceled, or another one took its place. */
export const playWithdrawn: StepAt<'play-canceled'> = told(() => playCanceled);

/** A play has failed; so may hold music, of which nothing else is reported. */
export const playBroke: StepAt<'play-failed'> = (event, state, call) => {
  const asked = askedOperation(state, event.operation);
  if (!asked) return {};
  const result = mediaFailureResult(isMalformedSpeech(event, call) ? 'synthesis' : event.reason, event.status);
  const encode: Encode = (context) =>
    asked.kind === 'hold' ? holdFailed(context, result) : playFailed(context, result, event.index);
  return { events: toAsker(state, asked, encode) };
};

/** A recognition is over: what was recognized, or that the keys stopped too early. */
export const collectEnded: StepAt<'collect-completed'> = told(({ result }) => (context) => {
  const isCutShort = result.kind === 'tones' && result.ended === 'inter-tone';
  return isCutShort ? recognizeFailed(context, results['inter-digit']) : recognizeCompleted(context, result);
});

/** A recognition has failed. */
export const collectBroke: StepAt<'collect-failed'> = told(
  (event) => (context) => recognizeFailed(context, recognitionFailure(event), event.failure?.index),
);

/** A recognition was canceled, or another operation took its place. */
export const collectWithdrawn: StepAt<'collect-canceled'> = told(() => recognizeCanceled);

/** A key was pressed, of a party whose keys an application follows. */
export const toneHeard: StepAt<'tone-watch-heard'> = told(
  ({ tone, count }) =>
    (context) =>
      toneReceived(context, tone, count),
);

/** Its keys are followed no longer. */
export const toneWatchEnded: StepAt<'tone-watch-stopped'> = told(
  () => (context) => dtmfEvent('ContinuousDtmfRecognitionStopped', context, results['dtmf-stopped']),
);

/** The last of the keys that were to be sent has been. */
export const tonesSent: StepAt<'tones-sent'> = told(
  () => (context) => dtmfEvent('SendDtmfTonesCompleted', context, results.succeeded),
);

/** Keys were not sent. */
export const tonesBroke: StepAt<'tones-failed'> = told(({ reason }) => {
  const isCanceled = reason === 'requested' || reason === 'call-ended';
  const result = isCanceled ? results['tones-canceled'] : mediaFailureResult(reason);
  return (context) => dtmfEvent('SendDtmfTonesFailed', context, result);
});

function othersOnHold(seq: number, state: AcsCallState, call: Call): DueEvent[] {
  if (state.participantsChangedBySeq !== seq) return [];
  const participants = participantsOf(call, state);
  return toEveryConnection(state, () => participantsUpdated(participants, state.sequenceNumber));
}

function recognitionFailure(event: OfType<CallEvent, 'collect-failed'>): ResultInformation {
  switch (event.reason) {
    case 'initial-silence':
      return results['initial-silence'];
    case 'inter-tone':
      return results['inter-digit'];
    case 'no-match':
      if (event.tones !== '') return results['incorrect-tone'];
      return event.speech === '' ? results['speech-not-recognized'] : results['speech-not-matched'];
    case 'prompt':
      return event.failure?.reason === 'synthesis' && event.failure.status !== undefined
        ? mediaFailureResult('synthesis', event.failure.status)
        : results['prompt-failed'];
  }
}

/** SSML that cannot be read is refused by the speech service; a file format that cannot be read, by the player. */
function isMalformedSpeech({ operation, index, reason }: OfType<CallEvent, 'play-failed'>, call: Call): boolean {
  const play = byId(call.operations, operation);
  return reason === 'format' && play?.kind === 'play' && play.prompts[index]?.kind === 'ssml';
}
