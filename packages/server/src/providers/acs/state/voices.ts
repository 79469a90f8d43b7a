import { playedTo } from '../../../engine/audio.ts';
import type { AudioEntry, AudioTrack, Call } from '../../../engine/call.ts';
import { rawIdOf } from '../protocol/identifiers.ts';

/** One voice of a call: a participant, or the application with what it plays. */
export interface Voice {
  /** The raw id; `undefined` for the application. */
  readonly rawId: string | undefined;
  readonly entries: readonly AudioEntry[];
}

/** The participants in order of joining, then the application. */
export function voicesOf({ legs }: Call): Voice[] {
  return [
    ...legs.map(({ party, spoken }) => ({ rawId: rawIdOf(party), entries: [...spoken] })),
    { rawId: undefined, entries: playedTo(legs) },
  ];
}

/** What those who are there say, and the application plays, in a stretch of time. */
export function voicesDuring({ legs }: Call, fromMs: number, untilMs: number): Voice[] {
  const near = (track: AudioTrack): Iterable<AudioEntry> => track.during(fromMs, untilMs);
  return [
    ...legs.live.map(({ party, spoken }) => ({ rawId: rawIdOf(party), entries: [...near(spoken)] })),
    { rawId: undefined, entries: playedTo(legs.live, near) },
  ];
}
