import type { Noted } from '../../kit/notes.ts';
import { streamEvent } from '../events/streaming-events.ts';
import type { AcsCallState } from '../state/call-state.ts';
import type { StreamChange } from '../state/notes.ts';
import { toAsker } from './due-event.ts';
import type { Step } from './step.ts';

/** What became of a transcription or a media stream. */
export function streamChanged(change: StreamChange, _event: Noted, state: AcsCallState): Step {
  return { events: toAsker(state, change, (context) => streamEvent(change.stream, change.status, context)) };
}
