import { playedTo } from '../../engine/audio.ts';
import type { AudioEntry, Call } from '../../engine/call.ts';
import { rawIdOf } from './identifiers.ts';

/** One voice of a call: a participant, or the application with what it plays. */
export interface Voice {
  /** The raw id; `undefined` for the application. */
  readonly rawId: string | undefined;
  readonly entries: readonly AudioEntry[];
}

/**
 * The participants in order of joining, then the application.
 *
 * @param isWanted which of their entries; all of them by default
 */
export function voicesOf({ legs }: Call, isWanted: (entry: AudioEntry) => boolean = () => true): Voice[] {
  return [
    ...legs.map(({ party, spoken }) => ({ rawId: rawIdOf(party), entries: spoken.filter(isWanted) })),
    { rawId: undefined, entries: playedTo(legs, isWanted) },
  ];
}
