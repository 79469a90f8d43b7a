import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import { askedOperation, type AcsCallState } from '../state/call-state.ts';
import { participantsUpdated } from '../events/call-events.ts';
import { dtmfEvent, toneReceived } from '../events/dtmf-events.ts';
import { holdFailed, playCanceled, playCompleted, playFailed, playStarted } from '../events/play-events.ts';
import { recognizeCanceled, recognizeCompleted, recognizeFailed } from '../events/recognize-events.ts';
import { mediaFailureResult, results, type ResultInformation } from '../events/results.ts';
import { participantsOf } from '../state/participants.ts';
import { toAsker, toEveryConnection, type DueEvent, type Step } from './due-event.ts';

/**
 * What media operations report. Those that nobody asked for by themselves (the prompt of a recognition) report nothing;
 * neither does hold music, unless it fails.
 */
export function mediaEvents(event: CallEvent, state: AcsCallState, call: Call): Step {
  if (!('operation' in event) || event.operation === undefined) return {};
  const asked = askedOperation(state, event.operation);
  if (!asked) return {};
  const playFailure = (failed: Extract<CallEvent, { type: 'play-failed' }>): ResultInformation =>
    mediaFailureResult(isMalformedSpeech(failed, call) ? 'synthesis' : failed.reason, failed.status);
  if (asked.kind === 'hold') {
    const failed = event.type === 'play-failed' ? playFailure(event) : undefined;
    return failed ? { events: toAsker(state, asked, (context) => holdFailed(context, failed)) } : {};
  }
  switch (event.type) {
    case 'play-started':
      return { events: [...othersOnHold(event, state, call), ...toAsker(state, asked, playStarted)] };
    case 'play-completed':
      return { events: toAsker(state, asked, playCompleted) };
    case 'play-canceled':
      return { events: toAsker(state, asked, playCanceled) };
    case 'play-failed': {
      const result = playFailure(event);
      return { events: toAsker(state, asked, (context) => playFailed(context, result, event.index)) };
    }
    case 'collect-completed': {
      const { result } = event;
      if (result.kind === 'tones' && result.ended === 'inter-tone') {
        return { events: toAsker(state, asked, (context) => recognizeFailed(context, results['inter-digit'])) };
      }
      return { events: toAsker(state, asked, (context) => recognizeCompleted(context, result)) };
    }
    case 'collect-failed': {
      const result = recognitionFailure(event);
      const index = event.failure?.index;
      return { events: toAsker(state, asked, (context) => recognizeFailed(context, result, index)) };
    }
    case 'collect-canceled':
      return { events: toAsker(state, asked, recognizeCanceled) };
    case 'tone-watch-heard': {
      const { tone, count } = event;
      return { events: toAsker(state, asked, (context) => toneReceived(context, tone, count)) };
    }
    case 'tone-watch-stopped':
      return {
        events: toAsker(state, asked, (context) =>
          dtmfEvent('ContinuousDtmfRecognitionStopped', context, results['dtmf-stopped']),
        ),
      };
    case 'tones-sent':
      return {
        events: toAsker(state, asked, (context) => dtmfEvent('SendDtmfTonesCompleted', context, results.succeeded)),
      };
    case 'tones-failed': {
      const { reason } = event;
      const result =
        reason === 'requested' || reason === 'call-ended' ? results['tones-canceled'] : mediaFailureResult(reason);
      return { events: toAsker(state, asked, (context) => dtmfEvent('SendDtmfTonesFailed', context, result)) };
    }
    default:
      return {};
  }
}

/** A targeted play puts everybody else on hold: that is reported before it starts, as recorded. */
function othersOnHold(event: CallEvent, state: AcsCallState, call: Call): DueEvent[] {
  if (state.participantsChangedBySeq !== event.seq) return [];
  const participants = participantsOf(call, state);
  return toEveryConnection(state, () => participantsUpdated(participants, state.sequenceNumber));
}

function recognitionFailure(event: Extract<CallEvent, { type: 'collect-failed' }>): ResultInformation {
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
function isMalformedSpeech(
  { operation, index, reason }: Extract<CallEvent, { type: 'play-failed' }>,
  call: Call,
): boolean {
  const play = byId(call.operations, operation);
  return reason === 'format' && play?.kind === 'play' && play.prompts[index]?.kind === 'ssml';
}
