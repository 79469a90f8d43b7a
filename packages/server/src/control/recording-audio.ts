import { renderStretches } from '../audio/call-audio.ts';
import type { MediaLookup } from '../audio/timeline.ts';
import { playedTo } from '../engine/audio.ts';
import type { AudioEntry, Call, Recording } from '../engine/call.ts';

/**
 * What a recording holds, mixed into one channel whatever the provider's own file is like, pauses left out.
 *
 * @param sounds what sounded in the call, each once
 * @param nowMs call-clock time, where a recording that still runs ends
 */
export function recordingAudio(
  sounds: readonly AudioEntry[],
  { stretches }: Recording,
  nowMs: number,
  media: MediaLookup,
): ReturnType<typeof renderStretches> {
  const closed = stretches.map(({ fromMs, toMs = nowMs }) => ({ fromMs, toMs }));
  return renderStretches(sounds, closed, media);
}

/** What each party said and what the application played, each once, however many legs heard it. */
export function soundsIn({ legs }: Call): AudioEntry[] {
  return [...legs.flatMap(({ spoken }) => [...spoken]), ...playedTo(legs)];
}
