import { isDeepStrictEqual } from 'node:util';
import type { CallbackDraft } from '../../src/contract/callback-draft.ts';
import type { Provider, Reaction } from '../../src/contract/provider.ts';
import type { Switchboard } from '../../src/contract/switchboard.ts';
import type { Call, CallId } from '../../src/engine/call.ts';
import type { CallEvent } from '../../src/engine/event.ts';
import { evolve } from '../../src/engine/evolve.ts';
import type { ProviderContext } from '../../src/providers/provider-context.ts';

type AnyProvider = Provider<any>;

interface Occurrence {
  readonly event: CallEvent;
  readonly reaction: Reaction;
}

/**
 * Writes down what a provider makes of each event of a conversation. When that is over, `differences` has a second one
 * read the history alone: it has no source of ids, no clock and no faults, and must want the same callbacks and commands.
 */
export function recordReactions<P extends AnyProvider, Context extends ProviderContext<any>>(
  provider: P,
): { readonly provider: P; readonly differences: (make: MakeReader<Context>, context: Context) => readonly string[] } {
  const occurrences: Occurrence[] = [];
  const react: AnyProvider['react'] = (event, state, call) => {
    const reaction = provider.react(event, state, call);
    occurrences.push({ event, reaction });
    return reaction;
  };
  return {
    provider: { ...provider, react },
    differences: (make, context) => differences(occurrences, make, context),
  };
}

/** Makes the provider that reads the history. */
type MakeReader<Context> = (context: Context) => AnyProvider;

function differences<Context extends ProviderContext<any>>(
  occurrences: readonly Occurrence[],
  make: MakeReader<Context>,
  context: Context,
): readonly string[] {
  const calls = new Map<CallId, Call>();
  const states = new Map<CallId, unknown>();
  const keys = new Map<string, CallId>();
  const none = (what: string) => (): never => {
    throw new Error(`a reaction asks for ${what}`);
  };
  const known: Pick<Switchboard, 'call' | 'callBy' | 'providerState'> = {
    call: (id) => calls.get(id),
    callBy: (key) => calls.get(keys.get(key) ?? ''),
    providerState: <State>(id: CallId) => states.get(id) as State | undefined,
  };
  const reader = make({
    ...context,
    switchboard: { ...context.switchboard, ...known, dispatch: none('a command at once') },
    clock: { ...context.clock, now: none('the time') },
    newId: none('a fresh id'),
    fault: none('a fault'),
  });
  const found: string[] = [];
  const members = new Map<unknown, string>();
  for (const { event, reaction } of occurrences) {
    const call = evolve(calls.get(event.call), event);
    calls.set(event.call, call);
    const state = reader.evolve(states.get(event.call) ?? reader.initial, event, call);
    states.set(event.call, state);
    // V8 makes a hidden class for each list and order of members: all states of a kind are to have one.
    const [kind, names] = [state?.kind, Object.keys(state ?? {}).join(' ')];
    if ((members.get(kind) ?? names) !== names) found.push(`${event.call} ${event.seq}: the state has ${names}`);
    members.set(kind, names);
    for (const key of reader.indexOf?.(event, call) ?? []) keys.set(key, event.call);
    const again = comparable(reader.react(event, state, call));
    const before = comparable(reaction);
    if (isDeepStrictEqual(again, before)) continue;
    found.push(
      `${event.call} ${event.seq} ${event.type}: ${JSON.stringify(before)} and again ${JSON.stringify(again)}`,
    );
  }
  return found;
}

/** A reaction as data. */
function comparable({ callbacks = [], commands = [] }: Reaction): unknown {
  return { callbacks: callbacks.map(asData), commands };
}

function asData({ prepare, onAnswer, ...data }: CallbackDraft): unknown {
  return { ...data, prepares: prepare !== undefined, wantsAnswer: onAnswer !== undefined };
}
