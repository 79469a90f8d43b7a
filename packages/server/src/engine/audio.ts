import type { AudioEntry, Call, Leg, LegId } from './call.ts';

/** When an entry falls silent, on the call clock. */
export function entryEndMs(entry: AudioEntry): number {
  return entry.stoppedAtMs ?? entry.startedAtMs + entry.durationMs;
}

/** What was played to legs, each once, however many of them heard it. */
export function playedTo(legs: readonly Leg[], isWanted: (entry: AudioEntry) => boolean = () => true): AudioEntry[] {
  const played = new Map<string, AudioEntry>();
  for (const { heard } of legs) {
    for (const entry of heard) {
      if (entry.from === undefined && isWanted(entry)) played.set(`${entry.operation} ${entry.startedAtMs}`, entry);
    }
  }
  return [...played.values()];
}

/** Adds what the legs hear. */
export function addHeard(call: Call, legs: readonly LegId[], entries: readonly AudioEntry[]): Call {
  return mapLegs(call, (leg) => (legs.includes(leg.id) ? { ...leg, heard: [...leg.heard, ...entries] } : leg));
}

/** Cuts, on every leg, what is heard and fits; what has not begun is taken away. */
export function cutHeard(call: Call, atMs: number, fits: (entry: AudioEntry, hearer: Leg) => boolean): Call {
  return mapLegs(call, (leg) => {
    const heard = cutEntries(leg.heard, atMs, (entry) => fits(entry, leg));
    return heard === leg.heard ? leg : { ...leg, heard };
  });
}

/** Cuts entries that still sound at `atMs`. Returns the same list when there are none. */
export function cutEntries(
  entries: readonly AudioEntry[],
  atMs: number,
  fits: (entry: AudioEntry) => boolean,
): readonly AudioEntry[] {
  const isCut = (entry: AudioEntry): boolean => entryEndMs(entry) > atMs && fits(entry);
  if (!entries.some(isCut)) return entries;
  return entries.flatMap((entry) => {
    if (!isCut(entry)) return [entry];
    return entry.startedAtMs < atMs ? [{ ...entry, stoppedAtMs: atMs }] : [];
  });
}

function mapLegs(call: Call, change: (leg: Leg) => Leg): Call {
  const legs = call.legs.map(change);
  return legs.some((leg, index) => leg !== call.legs[index]) ? { ...call, legs } : call;
}
