import type { Recording, RecordingId } from './call.ts';
import type { Command, CommandRefusal } from './command.ts';
import type { Draft } from './draft.ts';
import type { CallFact } from './event.ts';
import { byId } from './keyed.ts';
import { refuse } from './refusal.ts';

type RecordingCommand = Extract<
  Command,
  { type: 'start-recording' | 'pause-recording' | 'resume-recording' | 'stop-recording' }
>;

/** Starts, pauses, resumes or stops a recording. Of the audio nothing is kept but which stretches were recorded. */
export function decideRecording(draft: Draft, command: RecordingCommand): CommandRefusal | undefined {
  const recording = byId(draft.call.recordings, command.recording);
  if (command.type === 'start-recording') {
    if (recording) return refuse('duplicate-id', `recording ${command.recording} exists already`);
    const { recording: id, details, paused } = command;
    draft.record({ type: 'recording-started', recording: id, details, paused });
    return undefined;
  }
  if (!recording) return refuse('recording-not-found', `the call has no recording ${command.recording}`);
  const { fact, from } = TRANSITIONS[command.type];
  if (!(from as readonly string[]).includes(recording.state)) {
    return refuse('recording-state', `recording ${recording.id} is ${recording.state}, not ${from.join(' or ')}`);
  }
  draft.record(fact(recording.id));
  return undefined;
}

/** Stops a recording with its call, unless it has been stopped. */
export function stopRecording(draft: Draft, { id: recording, state }: Recording): void {
  if (state !== 'stopped') draft.record({ type: 'recording-stopped', recording, why: 'call-ended' });
}

const TRANSITIONS = {
  'pause-recording': { fact: (recording) => ({ type: 'recording-paused', recording }), from: ['active'] },
  'resume-recording': { fact: (recording) => ({ type: 'recording-resumed', recording }), from: ['paused'] },
  'stop-recording': {
    fact: (recording) => ({ type: 'recording-stopped', recording, why: 'requested' }),
    from: ['active', 'paused'],
  },
} as const satisfies Record<
  string,
  { fact: (recording: RecordingId) => CallFact; from: readonly Recording['state'][] }
>;
