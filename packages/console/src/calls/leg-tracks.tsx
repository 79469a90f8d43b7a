import type { CallView } from '@countersign/server/control/views/call-view';
import { addressOf, type Leg } from '../format/party.ts';
import { legMarks } from './track-marks.ts';
import { TrackPlayer } from './track-player.tsx';

type Audio = CallView['audio'][number];

/** What a leg heard and what it said, to listen to. */
export function LegTracks({ call, leg, nowMs }: { call: CallView; leg: Leg; nowMs: number }) {
  const audio = call.audio.find((track) => track.leg === leg.number);
  if (!audio || leg.answeredAtMs === undefined) return <p class="hint">Never connected: there is nothing to hear.</p>;
  return (
    <>
      <Side
        leg={leg}
        nowMs={nowMs}
        callVersion={call.version}
        url={audio.heardUrl}
        entries={audio.heard}
        what="heard"
      />
      <Side
        leg={leg}
        nowMs={nowMs}
        callVersion={call.version}
        url={audio.spokenUrl}
        entries={audio.spoken}
        what="said"
      />
    </>
  );
}

interface SideProps {
  readonly leg: Leg;
  readonly nowMs: number;
  readonly callVersion: number;
  readonly url: string;
  readonly entries: Audio['heard'];
  readonly what: 'heard' | 'said';
}

function Side({ leg, nowMs, callVersion, url, entries, what }: SideProps) {
  if (entries.length === 0) return <p class="hint">{what === 'heard' ? 'Heard nothing.' : 'Said nothing.'}</p>;
  const startMs = leg.answeredAtMs ?? leg.invitedAtMs;
  const marks = legMarks(entries, startMs, leg.endedAtMs ?? nowMs);
  // Read again when something was added or cut short, and when the leg ends; not for every other event of the call.
  const stops = entries.filter(({ stoppedAtMs }) => stoppedAtMs !== undefined).length;
  // What is live grows without an event of its own.
  const grows = entries.some(({ live, stoppedAtMs }) => live && stoppedAtMs === undefined);
  return (
    <div class={`leg-side ${what}`}>
      <h4>{what === 'heard' ? 'Heard' : 'Said'}</h4>
      <TrackPlayer
        url={url}
        version={`${entries.length}-${stops}-${leg.state}-${grows ? callVersion : ''}`}
        label={`what ${addressOf(leg)} ${what}`}
        marks={marks}
      />
    </div>
  );
}
