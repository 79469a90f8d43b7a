import type { CallView } from '@countersign/server/control/views/call-view';
import { controlUrl } from '../live/control-api.ts';
import { recordingMarks } from './track-marks.ts';
import { TrackPlayer } from './track-player.tsx';

/** The recordings of a call. */
export function Recordings({ call }: { call: CallView }) {
  if (call.recordings.length === 0) return null;
  return (
    <>
      <h3>{call.recordings.length === 1 ? 'Recording' : 'Recordings'}</h3>
      {call.recordings.map(({ id, state, stretches }) => (
        <section class="leg" key={id} aria-label={`Recording ${id}`}>
          <p class="row">
            <span class="mono">{id}</span>
            <span class={`badge ${state === 'active' ? 'bad' : 'soft'}`}>{state}</span>
          </p>
          <TrackPlayer
            url={controlUrl('calls', call.id, 'recordings', id, 'audio.wav')}
            version={`${state}-${stretches.length}`}
            label={`recording ${id}`}
            marks={recordingMarks(call, { stretches })}
          />
        </section>
      ))}
    </>
  );
}
