import { renderStretches } from '../../../audio/call-audio.ts';
import type { MediaLookup } from '../../../audio/timeline.ts';
import type { AudioEntry, Call, Leg, Recording } from '../../../engine/call.ts';
import { eachOnce } from '../../../engine/audio.ts';
import { followedLegs } from '../../../switchboard/followed-legs.ts';
import type { Switchboard } from '../../../contract/switchboard.ts';

/** Where legs that left a call are found. */
export type LegLookup = Pick<Switchboard, 'call' | 'history'>;

/** The legs of a call with all that they have heard and said, also in the conference that they went on to. */
export function legsOf(call: Call, switchboard: LegLookup): readonly Leg[] {
  return followedLegs(call, switchboard).map(({ leg }) => leg);
}

/** Everything that sounded on legs: what their parties said, what others said to them, and what was played; each once. */
export function soundsOf(legs: readonly Leg[]): readonly AudioEntry[] {
  const ids = new Set(legs.map(({ id }) => id));
  const sounds = legs.flatMap((leg) => [
    ...leg.spoken.map((entry) => ({ ...entry, from: leg.id })),
    // What a party hears of another of these legs stands with the one who said it.
    ...leg.heard.filter(({ from }) => from === undefined || !ids.has(from)),
  ]);
  const once = eachOnce(sounds, ({ from, operation, media }) => `${from ?? operation} ${media}`);
  return once.toSorted((one, other) => one.startedAtMs - other.startedAtMs);
}

/** Renders a recording piece by piece: its stretches of the call, one after the other, all parties mixed. */
export function recordingStretches(
  legs: readonly Leg[],
  recording: Recording,
  lookup: MediaLookup,
): ReturnType<typeof renderStretches> {
  const closed = recording.stretches.map(({ fromMs, toMs = fromMs }) => ({ fromMs, toMs }));
  return renderStretches(soundsOf(legs), closed, lookup);
}

/** What was said and played in a recording, where its text is known: one line each, with its time in the recording. */
export function recordingTranscript(legs: readonly Leg[], recording: Recording): string {
  const lines: string[] = [];
  const sounds = soundsOf(legs);
  let lengthMs = 0;
  for (const { fromMs, toMs = fromMs } of recording.stretches) {
    for (const { startedAtMs, text } of sounds) {
      if (text === undefined || startedAtMs < fromMs || startedAtMs >= toMs) continue;
      lines.push(`[${((startedAtMs - fromMs + lengthMs) / 1000).toFixed(1)} s] ${text}`);
    }
    lengthMs += toMs - fromMs;
  }
  return lines.map((line) => `${line}\n`).join('');
}
