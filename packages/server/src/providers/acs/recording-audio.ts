import { concat, type Pcm } from '../../audio/pcm.ts';
import { type MediaLookup, renderRange, type TimelineEntry } from '../../audio/timeline.ts';
import { encodeWav } from '../../audio/wav.ts';
import { entryEndMs } from '../../engine/audio.ts';
import type { AudioEntry, Call, Recording } from '../../engine/call.ts';
import { rawIdOf } from './identifiers.ts';
import type { RecordingDetails } from './recording-details.ts';

/** One voice of a call: a participant, or the application with what it plays. */
interface Voice {
  /** The raw id; `undefined` for the application. */
  readonly rawId: string | undefined;
  readonly entries: readonly AudioEntry[];
}

/** The most channels that an unmixed recording has. */
const maxChannels = 5;

/**
 * A recording as a WAV file (16 kHz, 16 bits), made from the call's timeline: mixed into one channel, or one channel a
 * participant. Stretches in which it was paused are left out.
 *
 * @param nowMs call-clock time, where a recording that still runs ends
 */
export function recordingWav(
  call: Call,
  recording: Recording,
  details: RecordingDetails,
  nowMs: number,
  media: MediaLookup,
): Uint8Array {
  const originMs = call.openedAtMs;
  const render = (entries: readonly AudioEntry[]): Pcm => {
    const timeline = entries.map((entry) => onTimeline(entry, originMs));
    const pieces = recording.stretches.map(({ fromMs, toMs = nowMs }) =>
      renderRange(timeline, fromMs - originMs, toMs - originMs, media),
    );
    return concat(pieces);
  };
  const voices = voicesOf(call);
  if (details.channelType === 'mixed') return encodeWav(render(voices.flatMap(({ entries }) => entries)));
  const ordered = voices.toSorted((one, other) => rank(one, details) - rank(other, details));
  return encodeWav(ordered.slice(0, maxChannels).map(({ entries }) => render(entries)));
}

/** How long a recording is, pauses left out, in milliseconds. */
export function recordedMs(recording: Recording, nowMs: number): number {
  return recording.stretches.reduce((sum, { fromMs, toMs = nowMs }) => sum + toMs - fromMs, 0);
}

/** The participants in order of joining, then the application. */
function voicesOf(call: Call): Voice[] {
  const legs = Object.values(call.legs);
  const played = new Map<string, AudioEntry>();
  for (const entry of legs.flatMap(({ heard }) => heard)) {
    // What everybody heard was played once.
    if (entry.from === undefined) played.set(`${entry.operation} ${entry.startedAtMs}`, entry);
  }
  return [
    ...legs.map((leg) => ({ rawId: rawIdOf(leg.party), entries: leg.spoken })),
    { rawId: undefined, entries: [...played.values()] },
  ];
}

function rank({ rawId }: Voice, { channelOrder }: RecordingDetails): number {
  const place = rawId === undefined ? -1 : channelOrder.indexOf(rawId);
  return place < 0 ? channelOrder.length : place;
}

function onTimeline(entry: AudioEntry, originMs: number): TimelineEntry {
  return { media: entry.media, startMs: entry.startedAtMs - originMs, stopMs: entryEndMs(entry) - originMs };
}
