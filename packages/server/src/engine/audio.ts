import type { AudioEntry, AudioTrack, Call, Leg, LegId } from './call.ts';
import { callWith, legWith } from './copies.ts';
import { byId } from './keyed.ts';
import { Sequence } from './sequence.ts';

/** When an entry falls silent, on the call clock; `Infinity` for live audio that has not been stopped. */
export function entryEndMs(entry: AudioEntry): number {
  return entry.stoppedAtMs ?? (entry.live ? Number.POSITIVE_INFINITY : entry.startedAtMs + entry.durationMs);
}

/** A leg's track, which finds what sounds at a time without looking through what sounded before. */
export function audioTrack(entries: Iterable<AudioEntry> = []): AudioTrack {
  if (entries instanceof Sequence) return entries as AudioTrack;
  let track = silentTrack;
  for (const entry of entries) track = track.append(entry);
  return track;
}

/** All tracks on which nothing sounded yet are one. */
const silentTrack: AudioTrack = Sequence.of<AudioEntry>([], (entry) => ({
  fromMs: entry.startedAtMs,
  untilMs: entryEndMs(entry),
}));

/** What was played to legs, each once, however many of them heard it. */
export function playedTo(
  legs: Iterable<Leg>,
  entriesOf: (track: AudioTrack) => Iterable<AudioEntry> = (track) => track,
): AudioEntry[] {
  return eachOnce(
    (function* played() {
      for (const { heard } of legs) {
        for (const entry of entriesOf(heard)) if (entry.from === undefined) yield entry;
      }
    })(),
    ({ operation }) => operation ?? '',
  );
}

/**
 * Entries of several tracks, each once. Of something live, which each leg hears from when it came until it left, those
 * that follow each other become one.
 *
 * @param sourceOf what tells apart what began at the same time
 */
export function eachOnce(entries: Iterable<AudioEntry>, sourceOf: (entry: AudioEntry) => string): AudioEntry[] {
  const finite = new Map<string, AudioEntry>();
  const live = new Map<string, AudioEntry[]>();
  for (const entry of entries) {
    if (!entry.live) finite.set(`${sourceOf(entry)} ${entry.startedAtMs}`, entry);
    else if (!live.get(entry.media)?.push(entry)) live.set(entry.media, [entry]);
  }
  return [...finite.values(), ...[...live.values()].flatMap(joined)];
}

function joined(pieces: readonly AudioEntry[]): AudioEntry[] {
  const union: AudioEntry[] = [];
  for (const piece of pieces.toSorted((one, other) => one.startedAtMs - other.startedAtMs)) {
    const last = union.at(-1);
    if (last === undefined || entryEndMs(last) < piece.startedAtMs) union.push(piece);
    else if (entryEndMs(piece) > entryEndMs(last)) union[union.length - 1] = until(last, piece.stoppedAtMs);
  }
  return union;
}

function until({ stoppedAtMs: _earlier, ...entry }: AudioEntry, stoppedAtMs: number | undefined): AudioEntry {
  return stoppedAtMs === undefined ? entry : { ...entry, stoppedAtMs };
}

/** Adds what the legs hear. */
export function addHeard(call: Call, legs: readonly LegId[], entries: readonly AudioEntry[]): Call {
  return changeLegs(call, legsOf(call, legs), (leg) => {
    let { heard } = leg;
    for (const entry of entries) heard = heard.append(entry);
    return legWith(leg, { heard });
  });
}

/**
 * Cuts what is heard and fits; what has not begun is taken away.
 *
 * @param hearers who may hear it
 */
export function cutHeard(
  call: Call,
  atMs: number,
  hearers: readonly LegId[] | 'all',
  fits: (entry: AudioEntry) => boolean,
): Call {
  return changeLegs(call, hearers === 'all' ? call.legs.live : legsOf(call, hearers), (leg) => {
    const heard = cutEntries(leg.heard, atMs, fits);
    return heard === leg.heard ? leg : legWith(leg, { heard });
  });
}

/** Cuts entries that still sound at `atMs`. Returns the same track when there are none. */
export function cutEntries(track: AudioTrack, atMs: number, fits: (entry: AudioEntry) => boolean): AudioTrack {
  let cut = track;
  for (const [entry, position] of track.entriesDuring(atMs, Number.POSITIVE_INFINITY)) {
    if (fits(entry)) cut = cut.with(position, entry.startedAtMs < atMs ? { ...entry, stoppedAtMs: atMs } : undefined);
  }
  return cut;
}

function legsOf(call: Call, ids: readonly LegId[]): Leg[] {
  const legs: Leg[] = [];
  for (const id of ids) {
    const leg = byId(call.legs, id);
    if (leg) legs.push(leg);
  }
  return legs;
}

function changeLegs(call: Call, affected: Iterable<Leg>, change: (leg: Leg) => Leg): Call {
  let { legs } = call;
  for (const leg of affected) {
    const changed = change(leg);
    if (changed !== leg) legs = legs.with(changed);
  }
  return legs === call.legs ? call : callWith(call, { legs });
}
