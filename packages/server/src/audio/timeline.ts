import type { LiveTrack } from './live-track.ts';
import type { MediaId } from './media-id.ts';
import { type Pcm, SAMPLES_PER_MS, pcmFromMix, samplesIn } from './pcm.ts';

/** One piece of audio on a leg's timeline. All times are milliseconds since the timeline's beginning. */
export interface TimelineEntry {
  readonly media: MediaId;
  readonly startMs: number;
  /** When it was cut off, or when its loop ended; without it the audio plays to its own end (a loop: for ever). */
  readonly stopMs?: number;
  /** How far into live audio it begins. Default 0. */
  readonly offsetMs?: number;
  /** Begins again at its end. Default false. */
  readonly loop?: boolean;
  /** Factor on the loudness. Default 1. */
  readonly gain?: number;
}

/** Finds audio, as `MediaStore.get` and `LiveAudio.get` do. */
export type MediaLookup = (media: MediaId) => Pcm | LiveTrack | 'gone' | undefined;

/**
 * Renders a stretch of a timeline: everything that sounds in it is mixed and clipped at full scale; the rest is
 * silence. Audio that is no longer there is silent too.
 *
 * @returns audio of exactly `toMs - fromMs`
 * @throws RangeError if the stretch ends before it begins
 */
export function renderRange(entries: readonly TimelineEntry[], fromMs: number, toMs: number, lookup: MediaLookup): Pcm {
  if (!(toMs >= fromMs)) throw new RangeError(`a stretch of a timeline cannot run from ${fromMs} ms to ${toMs} ms`);
  const from = samplesIn(fromMs);
  const mix = new Float32Array(samplesIn(toMs) - from);
  for (const entry of entries) {
    if (entry.startMs >= toMs || (entry.stopMs ?? Number.POSITIVE_INFINITY) <= fromMs) continue;
    const sound = lookup(entry.media);
    if (!(sound instanceof Object)) continue;
    if ('pieces' in sound) addLive(mix, from, entry, sound);
    else addEntry(mix, from, entry, sound.samples);
  }
  return pcmFromMix(mix);
}

/** Renders a whole timeline into one piece of audio of `lengthMs`. For long ones see `renderPieces`. */
export function renderTimeline(entries: readonly TimelineEntry[], lengthMs: number, lookup: MediaLookup): Pcm {
  return renderRange(entries, 0, lengthMs, lookup);
}

/** Adds what of an entry falls into the mix, whose first sample is sample `from` of the timeline. */
function addEntry(mix: Float32Array, from: number, entry: TimelineEntry, samples: Int16Array): void {
  if (samples.length === 0) return;
  const gain = entry.gain ?? 1;
  const start = samplesIn(entry.startMs);
  const ownEnd = entry.loop ? Number.POSITIVE_INFINITY : start + samples.length;
  const stop = entry.stopMs === undefined ? Number.POSITIVE_INFINITY : Math.round(entry.stopMs * SAMPLES_PER_MS);
  const first = Math.max(from, start);
  const end = Math.min(from + mix.length, ownEnd, stop);
  for (let at = first; at < end; at++) {
    const sample = samples[(at - start) % samples.length] ?? 0;
    mix[at - from] = (mix[at - from] ?? 0) + sample * gain;
  }
}

/** Adds what of live audio falls into the mix; what lies before the entry's beginning belongs to others. */
function addLive(mix: Float32Array, from: number, entry: TimelineEntry, track: LiveTrack): void {
  const gain = entry.gain ?? 1;
  const start = samplesIn(entry.startMs);
  // On the call clock first: a track's samples then stand where they stand, wherever a leg begins to hear it.
  const origin = samplesIn(entry.startMs - (entry.offsetMs ?? 0));
  const stop = entry.stopMs === undefined ? Number.POSITIVE_INFINITY : samplesIn(entry.stopMs);
  const end = Math.min(from + mix.length, stop);
  for (const { at, samples } of track.pieces(Math.max(from, start) - origin, end - origin)) {
    const first = Math.max(from, start, origin + at);
    const last = Math.min(end, origin + at + samples.length);
    for (let place = first; place < last; place++) {
      mix[place - from] = (mix[place - from] ?? 0) + (samples[place - origin - at] ?? 0) * gain;
    }
  }
}
