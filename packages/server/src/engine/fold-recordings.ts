import type { Call, Recording } from './call.ts';
import { callWith } from './copies.ts';
import type { CallEvent } from './event.ts';
import { byId } from './keyed.ts';
import { Sequence } from './sequence.ts';

/** What an event changes about the recordings: their state and the stretches of the call that are recorded. */
export function foldRecordingEvent(call: Call, event: CallEvent): Call {
  switch (event.type) {
    case 'recording-started':
      return withRecording(call, {
        id: event.recording,
        state: event.paused ? 'paused' : 'active',
        stretches: Sequence.of(event.paused ? [] : [{ fromMs: event.atMs }]),
        details: event.details,
      });
    case 'recording-paused':
    case 'recording-resumed':
    case 'recording-stopped': {
      const recording = byId(call.recordings, event.recording);
      if (recording === undefined) return call;
      const closed = closeStretch(recording, event.atMs);
      if (event.type === 'recording-paused') return withRecording(call, { ...closed, state: 'paused' });
      if (event.type === 'recording-stopped') return withRecording(call, { ...closed, state: 'stopped' });
      return withRecording(call, {
        ...closed,
        state: 'active',
        stretches: closed.stretches.append({ fromMs: event.atMs }),
      });
    }
    default:
      return call;
  }
}

function closeStretch(recording: Recording, toMs: number): Recording {
  const { stretches } = recording;
  const last = stretches.last();
  if (!last || last.toMs !== undefined) return recording;
  return { ...recording, stretches: stretches.with(stretches.end - 1, { ...last, toMs }) };
}

function withRecording(call: Call, recording: Recording): Call {
  return callWith(call, { recordings: call.recordings.with(recording) });
}
