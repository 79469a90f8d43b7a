import type { CallView, RecordingView } from '@countersign/server/control/views/call-view';
import { addressOf } from '../format/party.ts';

type Entry = CallView['audio'][number]['heard'][number];

/** Something said or played, by its place in a track. */
export interface TrackMark {
  readonly atMs: number;
  readonly durationMs: number;
  readonly text: string;
  /** Who said it, where the track has several voices. */
  readonly who?: string;
}

/**
 * What a leg heard or said, as words.
 *
 * @param originMs where the track begins, on the call clock
 * @param endMs where what still sounds is cut off
 */
export function legMarks(entries: readonly Entry[], originMs: number, endMs: number): TrackMark[] {
  return entries.map((entry) => ({
    atMs: Math.max(0, entry.startedAtMs - originMs),
    durationMs: Math.max(0, endOf(entry, endMs) - entry.startedAtMs),
    text: textOf(entry),
  }));
}

/** What is in a recording, as words: of what was paused nothing, and of the rest where it stands in the file. */
export function recordingMarks(call: CallView, { stretches }: Pick<RecordingView, 'stretches'>): TrackMark[] {
  const nowMs = call.endedAtMs ?? Number.POSITIVE_INFINITY;
  let before = 0;
  const marks: TrackMark[] = [];
  for (const { fromMs, toMs = nowMs } of stretches) {
    for (const { entry, who } of voices(call)) {
      const [startMs, stopMs] = [Math.max(entry.startedAtMs, fromMs), Math.min(endOf(entry, toMs), toMs)];
      if (stopMs <= startMs) continue;
      marks.push({ atMs: before + startMs - fromMs, durationMs: stopMs - startMs, text: textOf(entry), who });
    }
    before += toMs - fromMs;
  }
  return marks.toSorted((one, other) => one.atMs - other.atMs);
}

/** What each party said, and what the application played, each once, however many heard it. */
function voices({ audio, legs }: CallView): { entry: Entry; who: string }[] {
  const played = new Map<string, Entry>();
  for (const { heard } of audio) {
    for (const entry of heard) {
      if (entry.from === undefined) played.set(`${entry.operation} ${entry.media} ${entry.startedAtMs}`, entry);
    }
  }
  const said = audio.flatMap(({ leg, spoken }) => {
    const party = legs.find(({ number }) => number === leg);
    return spoken.map((entry) => ({ entry, who: party ? addressOf(party) : `leg ${leg}` }));
  });
  return [...said, ...[...played.values()].map((entry) => ({ entry, who: 'application' }))];
}

function endOf({ stoppedAtMs, live, startedAtMs, durationMs }: Entry, endMs: number): number {
  return stoppedAtMs ?? (live ? endMs : startedAtMs + durationMs);
}

function textOf({ text, live }: Entry): string {
  return text ?? (live ? 'live audio: a microphone or a stream' : 'audio without words');
}
