import type { Pcm } from '../../../audio/pcm.ts';
import { renderRange, type MediaLookup, type TimelineEntry } from '../../../audio/timeline.ts';
import { entryEndMs } from '../../../engine/audio.ts';
import type { AudioEntry, Call, Recording } from '../../../engine/call.ts';

/** How much of a recording is rendered at a time, in milliseconds. */
const pieceMs = 1_000;

/** Everything that sounded in a call: what its parties said, and what was played to them, each once. */
export function soundsOf(call: Call): readonly AudioEntry[] {
  const sounds = new Map<string, AudioEntry>();
  for (const leg of Object.values(call.legs)) {
    for (const entry of leg.spoken) sounds.set(`${leg.id} ${entry.startedAtMs} ${entry.media}`, entry);
    // What a party hears of another stands with the one who said it; what several hear of a play counts once.
    for (const entry of leg.heard) {
      if (entry.from === undefined) sounds.set(`${entry.operation} ${entry.startedAtMs} ${entry.media}`, entry);
    }
  }
  return [...sounds.values()].toSorted((one, other) => one.startedAtMs - other.startedAtMs);
}

/** Renders a recording piece by piece: its stretches of the call, one after the other, all parties mixed. */
export function* recordingAudio(call: Call, recording: Recording, lookup: MediaLookup): Generator<Pcm> {
  const originMs = call.openedAtMs;
  const entries: readonly TimelineEntry[] = soundsOf(call).map((entry) => ({
    media: entry.media,
    startMs: entry.startedAtMs - originMs,
    stopMs: entryEndMs(entry) - originMs,
  }));
  for (const { fromMs, toMs = fromMs } of recording.stretches) {
    for (let atMs = fromMs - originMs; atMs < toMs - originMs; atMs += pieceMs) {
      yield renderRange(entries, atMs, Math.min(atMs + pieceMs, toMs - originMs), lookup);
    }
  }
}

/** What was said and played in a recording, where its text is known: one line each, with its time in the recording. */
export function recordingTranscript(call: Call, recording: Recording): string {
  const lines: string[] = [];
  let lengthMs = 0;
  for (const { fromMs, toMs = fromMs } of recording.stretches) {
    for (const { startedAtMs, text } of soundsOf(call)) {
      if (text === undefined || startedAtMs < fromMs || startedAtMs >= toMs) continue;
      lines.push(`[${((startedAtMs - fromMs + lengthMs) / 1000).toFixed(1)} s] ${text}`);
    }
    lengthMs += toMs - fromMs;
  }
  return lines.map((line) => `${line}\n`).join('');
}
