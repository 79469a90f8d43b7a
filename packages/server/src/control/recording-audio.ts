import { type Pcm, samplesIn } from '../audio/pcm.ts';
import { type MediaLookup, renderRange, type TimelineEntry } from '../audio/timeline.ts';
import { entryEndMs } from '../engine/audio.ts';
import type { AudioEntry, Call, Recording } from '../engine/call.ts';

/** How much is rendered at a time. */
const pieceMs = 1000;

/** A recording's audio, piece by piece, and how many samples that will be. */
export interface RecordingAudio {
  readonly frames: number;
  readonly pieces: Iterable<Pcm>;
}

/**
 * What a recording holds, mixed into one channel whatever the provider's own file is like: everything that was played
 * and said, once each, pauses left out.
 *
 * @param nowMs call-clock time, where a recording that still runs ends
 */
export function recordingAudio(
  call: Call,
  { stretches }: Recording,
  nowMs: number,
  media: MediaLookup,
): RecordingAudio {
  const entries = everythingHeard(call).map((entry) => onTimeline(entry, call.openedAtMs));
  const spans = stretches.map(
    ({ fromMs, toMs = nowMs }) => [fromMs - call.openedAtMs, toMs - call.openedAtMs] as const,
  );
  return {
    frames: spans.reduce((sum, [fromMs, toMs]) => sum + samplesIn(toMs) - samplesIn(fromMs), 0),
    pieces: render(entries, spans, media),
  };
}

function* render(
  entries: readonly TimelineEntry[],
  spans: readonly (readonly [fromMs: number, toMs: number])[],
  media: MediaLookup,
): Generator<Pcm> {
  for (const [fromMs, toMs] of spans) {
    for (let at = fromMs; at < toMs; at += pieceMs) {
      yield renderRange(entries, at, Math.min(at + pieceMs, toMs), media);
    }
  }
}

/** What each party said, and what the application played: that once, however many legs heard it. */
function everythingHeard(call: Call): AudioEntry[] {
  const legs = Object.values(call.legs);
  const played = new Map<string, AudioEntry>();
  for (const entry of legs.flatMap(({ heard }) => heard)) {
    if (entry.from === undefined) played.set(`${entry.operation} ${entry.startedAtMs}`, entry);
  }
  return [...legs.flatMap(({ spoken }) => spoken), ...played.values()];
}

function onTimeline(entry: AudioEntry, originMs: number): TimelineEntry {
  return { media: entry.media, startMs: entry.startedAtMs - originMs, stopMs: entryEndMs(entry) - originMs };
}
