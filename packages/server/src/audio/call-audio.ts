import { entryEndMs } from '../engine/audio.ts';
import type { AudioEntry } from '../engine/call.ts';
import { type Pcm, samplesIn } from './pcm.ts';
import { renderPieces } from './render-pieces.ts';
import type { MediaLookup, TimelineEntry } from './timeline.ts';

/** A stretch of the call clock, in milliseconds. */
export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
}

/** What sounded in a call, on a timeline that begins at `originMs` of the call clock. */
export function timelineOf(entries: Iterable<AudioEntry>, originMs: number): TimelineEntry[] {
  return Array.from(entries, (entry) => ({
    media: entry.media,
    startMs: entry.startedAtMs - originMs,
    stopMs: entryEndMs(entry) - originMs,
    ...(entry.offsetMs !== undefined && { offsetMs: entry.offsetMs }),
  }));
}

/**
 * What sounded in stretches of a call, one stretch right after the other, mixed into one channel and rendered piece by
 * piece.
 *
 * @returns the pieces, and how many samples they are together
 */
export function renderStretches(
  entries: readonly AudioEntry[],
  stretches: readonly Stretch[],
  lookup: MediaLookup,
): { readonly frames: number; readonly pieces: AsyncIterable<Pcm> } {
  const originMs = stretches[0]?.fromMs ?? 0;
  const spans = stretches.map(({ fromMs, toMs }) => ({ fromMs: fromMs - originMs, toMs: toMs - originMs }));
  return {
    frames: spans.reduce((sum, { fromMs, toMs }) => sum + samplesIn(toMs) - samplesIn(fromMs), 0),
    pieces: renderPieces(timelineOf(entries, originMs), spans, lookup),
  };
}
