import type { CallEvent } from '../../../engine/event.ts';
import type { AcsCallState } from '../state/call-state.ts';
import { streamEvent } from '../events/streaming-events.ts';
import { readNote } from '../state/notes.ts';
import { toAsker, type Step } from './due-event.ts';

/** What became of a transcription or a media stream. */
export function streamChanges(event: CallEvent, state: AcsCallState): Step {
  const change = readNote(event, 'stream-changed');
  if (!change) return {};
  return { events: toAsker(state, change, (context) => streamEvent(change.stream, change.status, context)) };
}
