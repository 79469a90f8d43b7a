import { Turns, WORK_PER_TURN } from '../threads/turns.ts';
import type { Pcm } from './pcm.ts';
import { SAMPLES_PER_MS } from './pcm.ts';
import { type MediaLookup, type TimelineEntry, renderRange } from './timeline.ts';

/** A stretch of a timeline, in milliseconds. */
interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** How much is rendered at a time, where not too much sounds at once. */
const PIECE_MS = 1000;

/**
 * Renders stretches of a timeline piece by piece, in little memory and in turns of the event loop; the pieces put together
 * are what `renderRange` makes of the stretches. Each entry is looked at in the pieces that it sounds in, no more.
 *
 * @param spans one after the other, none before the previous one
 */
export async function* renderPieces(
  entries: readonly TimelineEntry[],
  spans: readonly Span[],
  lookup: MediaLookup,
  turns = new Turns(),
): AsyncGenerator<Pcm, void, undefined> {
  const coming = entries.toSorted((one, other) => other.startMs - one.startMs);
  let sounding: TimelineEntry[] = [];
  for (const { fromMs, toMs } of spans) {
    let atMs = fromMs;
    while (atMs < toMs) {
      const longestMs = Math.min(atMs + PIECE_MS, toMs);
      for (let next = coming.at(-1); next !== undefined && next.startMs < longestMs; next = coming.at(-1)) {
        sounding.push(next);
        coming.pop();
      }
      sounding = sounding.filter(({ stopMs = Number.POSITIVE_INFINITY }) => stopMs > atMs);
      const endMs = Math.min(longestMs, atMs + pieceMs(sounding.length));
      await turns.spend((endMs - atMs) * SAMPLES_PER_MS * (sounding.length + 1));
      yield renderRange(sounding, atMs, endMs, lookup);
      atMs = endMs;
    }
  }
}

/** Where much sounds at once, a piece is shorter: one piece is less than a turn's work. */
function pieceMs(sounding: number): number {
  return Math.max(1, Math.min(PIECE_MS, Math.floor(WORK_PER_TURN / SAMPLES_PER_MS / (sounding + 1))));
}
