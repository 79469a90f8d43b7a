import { entryEndMs } from '../engine/audio.ts';
import type { AudioEntry } from '../engine/call.ts';
import { type Pcm, samplesIn } from './pcm.ts';
import { type MediaLookup, renderRange, type TimelineEntry } from './timeline.ts';

/** How much is rendered at a time. */
const pieceMs = 1000;

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
): { readonly frames: number; readonly pieces: Iterable<Pcm> } {
  const originMs = stretches[0]?.fromMs ?? 0;
  const spans = stretches.map(({ fromMs, toMs }) => ({ fromMs: fromMs - originMs, toMs: toMs - originMs }));
  return {
    frames: spans.reduce((sum, { fromMs, toMs }) => sum + samplesIn(toMs) - samplesIn(fromMs), 0),
    pieces: render(timelineOf(entries, originMs), spans, lookup),
  };
}

function* render(
  timeline: readonly TimelineEntry[],
  spans: readonly Stretch[],
  lookup: MediaLookup,
): Generator<Pcm, void, undefined> {
  for (const { fromMs, toMs } of spans) {
    for (let atMs = fromMs; atMs < toMs; atMs += pieceMs) {
      yield renderRange(timeline, atMs, Math.min(atMs + pieceMs, toMs), lookup);
    }
  }
}
