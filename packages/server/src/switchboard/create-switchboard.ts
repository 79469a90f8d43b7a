import { bounds } from '../bounded/bounds.ts';
import { weightOf } from '../bounded/weight.ts';
import type { CallbackDraft } from '../contract/callback-draft.ts';
import type { Call, CallId } from '../engine/call.ts';
import type { Command } from '../engine/command.ts';
import { decide } from '../engine/decide.ts';
import type { InTheMaking } from '../engine/copies.ts';
import type { Occurrence } from '../engine/draft.ts';
import type { CallEvent } from '../engine/event.ts';
import { isRefusal, refuse } from '../engine/refusal.ts';
import type { CallStore, FoldedCall } from '../engine/store.ts';
import type { Provider, Reaction, ReactionCommand } from '../contract/provider.ts';
import type { CallClock } from '../contract/clock.ts';
import { Effects, type KnownMedia, type PrepareMedia } from './effects.ts';
import { printProblem, type SwitchboardProblem } from './problem.ts';
import type { CallListener, DispatchResult, Switchboard } from '../contract/switchboard.ts';

/** What a switchboard works with. */
export interface SwitchboardParts {
  readonly store: CallStore;
  readonly clock: CallClock;
  readonly newId: () => string;
  /** The providers. Each folds and reacts to the events of its own calls. */
  readonly providers: readonly AnyProvider[];
  readonly prepareMedia: PrepareMedia;
  /** Without it all audio is made, and comes later. */
  readonly knownMedia?: KnownMedia;
  /** Takes a callback that is due. */
  readonly enqueue: (draft: CallbackDraft) => void;
  /** Called with internal problems, none of which stops the call. Default: written to standard error. */
  readonly onProblem?: (problem: SwitchboardProblem) => void;
  readonly limits?: SwitchboardLimits;
}

/** A provider of any state type: each gets back only the state that it made. */
type AnyProvider = Provider<any>;

export interface SwitchboardLimits {
  /** Calls that have not ended; one more is refused with `limit-reached`. */
  readonly maxLiveCalls?: number;
  /** Events of one call; with one more it ends, `failed`. */
  readonly maxEventsPerCall?: number;
  /** Commands that may follow from one command through reactions, before it is taken for a loop. Default 10 000. */
  readonly maxChainedCommands?: number;
}

/** Makes the switchboard of one process. */
export function createSwitchboard(parts: SwitchboardParts): Switchboard {
  return new SerialSwitchboard(parts);
}

/** An event to be delivered, with the call and state after it. */
interface Delivery extends FoldedCall {
  readonly kind: 'delivery';
  readonly event: CallEvent;
  /** What the event weighs. */
  readonly bytes: number;
}

/** What was decided, as the store takes it and as it is handed out. */
interface Folded {
  readonly deliveries: Delivery[];
  readonly events: CallEvent[];
  /** What the call can be found by from now on. */
  readonly keys: readonly string[];
  /** What the events weigh. */
  readonly bytes: number;
}

const noKeys: readonly string[] = [];

/** A command that a reaction asked for. */
interface FollowUp extends ReactionCommand {
  readonly kind: 'follow-up';
}

/**
 * One command at a time. What a command leads to stands in a queue: first all its events go to the provider and the
 * listeners, then the commands with which the provider reacted are carried out, and so on until nothing follows. A
 * listener may dispatch, too: its command is decided at once, and its events queue up behind those under way.
 */
class SerialSwitchboard implements Switchboard {
  readonly #parts: SwitchboardParts;
  readonly #limits: Required<SwitchboardLimits>;
  readonly #providers: ReadonlyMap<string, AnyProvider>;
  readonly #effects: Effects;
  readonly #listeners = new Set<CallListener>();
  readonly #queue: (Delivery | FollowUp)[] = [];
  #isDraining = false;

  constructor(parts: SwitchboardParts) {
    this.#parts = parts;
    this.#limits = {
      maxLiveCalls: bounds['live-calls'].items,
      maxEventsPerCall: bounds['call-history'].items,
      maxChainedCommands: 10_000,
      ...parts.limits,
    };
    this.#providers = new Map(parts.providers.map((provider) => [provider.name, provider]));
    const { clock, prepareMedia, knownMedia } = parts;
    this.#effects = new Effects({
      clock,
      prepareMedia,
      knownMedia,
      dispatch: (call, command) => void this.#attempt(call, command, this.dispatch),
    });
  }

  dispatch(call: CallId, ...commands: readonly Command[]): DispatchResult {
    const result = this.#carryOut(call, ...commands);
    this.#drain();
    return result;
  }

  call(id: CallId): Call | 'gone' | undefined {
    const folded = this.#parts.store.read(id);
    return typeof folded === 'object' ? folded.call : folded;
  }

  callBy(key: string): Call | 'gone' | undefined {
    const id = this.#parts.store.find(key);
    return id === undefined ? undefined : this.call(id);
  }

  history(id: CallId): readonly CallEvent[] {
    return this.#parts.store.history(id);
  }

  providerState<State>(id: CallId): State | undefined {
    const folded = this.#parts.store.read(id);
    return typeof folded === 'object' ? (folded.providerState as State) : undefined;
  }

  calls(): readonly Call[] {
    return this.#parts.store.list();
  }

  callsOf(address: string): readonly Call[] {
    return this.#parts.store.listOf(address);
  }

  forgetEnded(): void {
    this.#parts.store.forgetEnded();
  }

  onEvent(listener: CallListener): () => void {
    // A function of its own, so that a listener that is added twice is called twice and removed once.
    const entry: CallListener = (event, call, bytes) => listener(event, call, bytes);
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  }

  #carryOut(id: CallId, ...commands: readonly Command[]): DispatchResult {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      const result = this.#tryOnce(id, commands);
      if (result !== 'conflict') return result;
    }
    const names = commands.map(({ type }) => type).join(', ');
    throw new Error(`call ${id}: ${names} met a conflict in the store ${MAX_ATTEMPTS} times in a row`);
  }

  #tryOnce(id: CallId, commands: readonly Command[]): DispatchResult | 'conflict' {
    const { store, clock, newId } = this.#parts;
    const before = store.read(id);
    if (before === 'gone') return { ok: false, ...refuse('call-ended', `call ${id} ended and is no longer kept`) };
    if (commands[0]?.type === 'open-call' && (store.liveCount() >= this.#limits.maxLiveCalls || !store.hasRoom())) {
      return {
        ok: false,
        ...refuse('limit-reached', `there is no room for more than ${store.liveCount()} live calls`),
      };
    }
    const occurrences = decide(before?.call, commands, { id, atMs: clock.now(), newId });
    if (isRefusal(occurrences)) return { ok: false, ...occurrences };
    const { deliveries, events, keys, bytes } = this.#fold(before, occurrences);
    const after = deliveries.at(-1) ?? before;
    if (after === undefined) return { ok: false, ...refuse('call-not-found', `there is no call ${id}`) };
    if (events.length > 0 && store.append(before?.call.version ?? 0, events, after, keys, bytes) === 'conflict')
      return 'conflict';
    for (const delivery of deliveries) this.#queue.push(delivery);
    return { ok: true, call: after.call, events };
  }

  /** Has the call's provider follow what was decided. */
  #fold(before: FoldedCall | undefined, occurrences: readonly Occurrence[]): Folded {
    const provider = this.#providers.get(before?.call.provider ?? occurrences[0]?.call.provider ?? '');
    let providerState = before === undefined ? provider?.initial : before.providerState;
    const folded: InTheMaking<Folded> = { deliveries: [], events: [], keys: noKeys, bytes: 0 };
    for (const { event, call } of occurrences) {
      try {
        if (provider) providerState = provider.evolve(providerState, event, call);
        const keys = provider?.indexOf?.(event, call) ?? noKeys;
        if (keys.length > 0) folded.keys = folded.keys.concat(keys);
      } catch (error) {
        this.#report({ kind: 'fold-threw', call: call.id, detail: `at ${event.type}`, error });
      }
      const bytes = weightOf(event);
      folded.bytes += bytes;
      folded.events.push(event);
      folded.deliveries.push({ kind: 'delivery', event, bytes, call, providerState });
    }
    return folded;
  }

  #drain(): void {
    if (this.#isDraining) return;
    this.#isDraining = true;
    try {
      let chained = 0;
      const told = new Set<CallId>();
      do {
        for (const item of this.#queue.splice(0)) {
          if (item.kind === 'delivery') this.#deliver(item);
          else if (++chained <= this.#limits.maxChainedCommands) this.#followUp(item);
          else this.#breakLoop(item, told);
        }
      } while (this.#queue.length > 0 || this.#endsOverweight());
    } finally {
      this.#isDraining = false;
    }
  }

  /** Drops a command of an endless chain; the call's timeline says so once per chain. */
  #breakLoop({ call, command }: FollowUp, told: Set<CallId>): void {
    this.#report({ kind: 'reaction-loop', call, detail: `${command.type} not given` });
    if (told.has(call)) return;
    told.add(call);
    const summary = `${command.type} and what would follow from it is not done: ${this.#limits.maxChainedCommands} steps have followed from each other at one moment, which has no end`;
    this.#carryOut(call, { type: 'explain-refusal', code: 'limit/reactions', summary });
  }

  /** Ends a call for which the store has no room; its events stand in the queue then. */
  #endsOverweight(): boolean {
    const call = this.#parts.store.overweight();
    if (call === undefined) return false;
    const detail = 'there is no room for its events; the call is ended';
    this.#report({ kind: 'too-many-bytes', call, detail });
    for (const command of endedBy('limit/bytes', detail)) this.#followUp({ kind: 'follow-up', call, command });
    return this.#queue.length > 0;
  }

  #deliver({ event, bytes, call, providerState }: Delivery): void {
    this.#effects.follow(event);
    const provider = this.#providers.get(call.provider);
    if (provider) this.#react(provider, event, call, providerState);
    for (const listener of this.#listeners) this.#tell(listener, event, call, bytes);
    if (provider?.follow) this.#tell(provider.follow, event, call, bytes);
    if (event.seq === this.#limits.maxEventsPerCall) {
      const detail = `it has had ${event.seq} events, as many as it may; the call is ended`;
      this.#report({ kind: 'too-many-events', call: event.call, detail });
      for (const command of endedBy('limit/events', detail)) {
        this.#queue.push({ kind: 'follow-up', call: event.call, command });
      }
    }
  }

  #react(provider: AnyProvider, event: CallEvent, call: Call, providerState: unknown): void {
    let reaction: Reaction = {};
    try {
      reaction = provider.react(event, providerState, call);
    } catch (error) {
      this.#report({ kind: 'reaction-threw', call: event.call, detail: `at ${event.type}`, error });
    }
    const { callbacks, commands } = reaction;
    if (callbacks) for (const draft of callbacks) this.#enqueue(provider, draft, event);
    if (commands) for (const command of commands) this.#queue.push({ kind: 'follow-up', ...command });
  }

  #enqueue(provider: AnyProvider, draft: CallbackDraft, event: CallEvent): void {
    try {
      for (const admitted of provider.admit?.(draft, event.atMs) ?? [draft]) this.#parts.enqueue(admitted);
    } catch (error) {
      this.#report({ kind: 'enqueue-threw', call: event.call, detail: `at ${event.type}`, error });
    }
  }

  #tell(listener: CallListener, event: CallEvent, call: Call, bytes: number): void {
    try {
      listener(event, call, bytes);
    } catch (error) {
      this.#report({ kind: 'listener-threw', call: event.call, detail: `at ${event.type}`, error });
    }
  }

  #followUp({ call, command, onlyIf }: FollowUp): void {
    if (onlyIf !== undefined && this.#standing(call) !== onlyIf) return;
    const result = this.#attempt(call, command, this.#carryOut);
    if (result?.ok !== false) return;
    const { refused, summary } = result;
    this.#report({ kind: 'reaction-refused', call, detail: `${command.type}: ${refused}: ${summary}` });
    this.#carryOut(call, {
      type: 'explain-refusal',
      code: `command/${refused}`,
      summary: `${command.type}: ${summary}`,
    });
  }

  #standing(id: CallId): 'live' | 'absent' | 'over' {
    const call = this.call(id);
    if (call === undefined) return 'absent';
    return call === 'gone' || call.endedAtMs !== undefined ? 'over' : 'live';
  }

  /** Gives a command by one of the methods here; what that throws is reported. */
  #attempt(
    call: CallId,
    command: Command,
    give: (call: CallId, command: Command) => DispatchResult,
  ): DispatchResult | undefined {
    try {
      return give.call(this, call, command);
    } catch (error) {
      this.#report({ kind: 'dispatch-threw', call, detail: `at ${command.type}`, error });
      return undefined;
    }
  }

  #report(problem: SwitchboardProblem): void {
    const { onProblem = printProblem } = this.#parts;
    onProblem(problem);
  }
}

/** How a call ends that has reached a limit of the server's: it says why. */
function endedBy(code: string, summary: string): readonly Command[] {
  return [
    { type: 'explain-refusal', code, summary },
    { type: 'end-call', cause: 'failed' },
  ];
}

const MAX_ATTEMPTS = 5;
