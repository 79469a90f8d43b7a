/** An event of a type, or a fact of one. */
export type OfType<Event extends { readonly type: string }, Type extends Event['type']> = Event extends {
  readonly type: Type;
}
  ? Event
  : never;

/** The steps to take at an event, in order, by its type. Nothing is done at types that are not listed. */
export type EventTable<Event extends { readonly type: string }, Args extends readonly unknown[], Result> = {
  readonly [Type in Event['type']]?: readonly ((event: OfType<Event, Type>, ...args: Args) => Result)[];
};

const nothing: readonly never[] = [];

/** Takes the steps that a table lists for an event, and returns the result of each. */
export function atEvent<Event extends { readonly type: string }, Args extends readonly unknown[], Result>(
  table: EventTable<Event, Args, Result>,
  event: Event,
  ...args: Args
): readonly Result[] {
  const rows = table as Readonly<Record<string, readonly ((event: Event, ...args: Args) => Result)[] | undefined>>;
  const steps = rows[event.type];
  if (!steps) return nothing;
  // As long as it has room for: most have one step.
  return steps.length === 1 && steps[0] ? [steps[0](event, ...args)] : steps.map((step) => step(event, ...args));
}

/** How a state is folded by events, each step after the one before it. */
export type FoldTable<Event extends { readonly type: string }, State, Args extends readonly unknown[]> = {
  readonly [Type in Event['type']]?: readonly ((state: State, event: OfType<Event, Type>, ...args: Args) => State)[];
};

/** Folds an event into a state by what a table lists for it. */
export function foldBy<Event extends { readonly type: string }, State, Args extends readonly unknown[]>(
  table: FoldTable<Event, State, Args>,
  state: State,
  event: Event,
  ...args: Args
): State {
  const steps = (
    table as Readonly<Record<string, readonly ((...all: [State, Event, ...Args]) => State)[] | undefined>>
  )[event.type];
  let folded = state;
  for (const step of steps ?? nothing) folded = step(folded, event, ...args);
  return folded;
}
