import type { Command } from '../../engine/command.ts';
import type { CallEvent } from '../../engine/event.ts';

/** The event that carries a note. */
export type Noted = Extract<CallEvent, { readonly type: 'noted' }>;

/** The steps to take at a note, by its name. */
export type StepsByNote<Notes, Args extends readonly unknown[], Result> = {
  readonly [Name in keyof Notes]?: (data: Notes[Name], event: Noted, ...args: Args) => Result;
};

/**
 * What a provider writes into calls' histories beside the engine's own facts, and folds back into its state. The names of
 * the table are those of `noted` events, its types those of their data.
 */
export interface NoteTable<Notes> {
  /** The command that notes something. */
  readonly note: <Name extends keyof Notes & string>(name: Name, data: Notes[Name]) => Command;
  /** The note of that name in an event, if it is one. */
  readonly readNote: <Name extends keyof Notes & string>(event: CallEvent, name: Name) => Notes[Name] | undefined;
  /** Makes the step of an event table that does what is listed for the note of an event; at other notes, `otherwise`. */
  readonly byNote: <Args extends readonly unknown[], Result>(
    steps: StepsByNote<Notes, Args, Result>,
    otherwise: (...args: Args) => Result,
  ) => (event: Noted, ...args: Args) => Result;
}

/** Makes the writer and the readers of a provider's notes. */
export function providerNotes<Notes>(): NoteTable<Notes> {
  return {
    note: (name, data) => ({ type: 'note', name, data }),
    readNote: <Name extends keyof Notes & string>(event: CallEvent, name: Name) =>
      event.type === 'noted' && event.name === name ? (event.data as Notes[Name]) : undefined,
    byNote: <Args extends readonly unknown[], Result>(
      steps: StepsByNote<Notes, Args, Result>,
      otherwise: (...args: Args) => Result,
    ) => {
      const known = new Map(
        Object.entries(steps) as [string, (data: unknown, event: Noted, ...args: Args) => Result][],
      );
      return (event: Noted, ...args: Args): Result => {
        const step = known.get(event.name);
        return step ? step(event.data, event, ...args) : otherwise(...args);
      };
    },
  };
}
