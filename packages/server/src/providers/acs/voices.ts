import type { AudioEntry, Call } from '../../engine/call.ts';
import { rawIdOf } from './identifiers.ts';

/** One voice of a call: a participant, or the application with what it plays. */
export interface Voice {
  /** The raw id; `undefined` for the application. */
  readonly rawId: string | undefined;
  readonly entries: readonly AudioEntry[];
}

/** The participants in order of joining, then the application. */
export function voicesOf(call: Call): Voice[] {
  const legs = call.legs;
  const played = new Map<string, AudioEntry>();
  for (const entry of legs.flatMap(({ heard }) => heard)) {
    // What everybody heard was played once.
    if (entry.from === undefined) played.set(`${entry.operation} ${entry.startedAtMs}`, entry);
  }
  return [
    ...legs.map((leg) => ({ rawId: rawIdOf(leg.party), entries: leg.spoken })),
    { rawId: undefined, entries: [...played.values()] },
  ];
}
