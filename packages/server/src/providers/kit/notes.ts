import type { Command } from '../../engine/command.ts';
import type { CallEvent } from '../../engine/event.ts';

/**
 * What a provider writes into calls' histories beside the engine's own facts, and folds back into its state. The names of
 * the table are those of `noted` events, its types those of their data.
 */
export interface NoteTable<Notes> {
  /** The command that notes something. */
  readonly note: <Name extends keyof Notes & string>(name: Name, data: Notes[Name]) => Command;
  /** The note of that name in an event, if it is one. */
  readonly readNote: <Name extends keyof Notes & string>(event: CallEvent, name: Name) => Notes[Name] | undefined;
}

/** Makes the two ends of a provider's notes, by its table of them. */
export function notesOf<Notes>(): NoteTable<Notes> {
  return {
    note: (name, data) => ({ type: 'note', name, data }),
    readNote: <Name extends keyof Notes & string>(event: CallEvent, name: Name) =>
      event.type === 'noted' && event.name === name ? (event.data as Notes[Name]) : undefined,
  };
}
