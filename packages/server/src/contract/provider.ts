import type { FastifyInstance } from 'fastify';
import type { CallbackDraft } from './callback-draft.ts';
import type { DeliveryPolicy } from './delivery-policy.ts';
import type { AudioEntry, Call, CallId } from '../engine/call.ts';
import type { Command } from '../engine/command.ts';
import type { CallEvent } from '../engine/event.ts';
import type { CallHeaders } from './call-headers.ts';
import type { TextMessage } from './text-message.ts';
import type { DialResult } from './dial.ts';

/**
 * A provider: routes that decode requests into commands, and a fold over the call's events that answers each with
 * callbacks to send and commands to give. What the provider must remember about a call is `State`, folded from the same
 * events and nothing else; so a call can be picked up by another process from its history.
 */
export interface Provider<State = unknown> {
  /** Also the `provider` of its calls. */
  readonly name: string;
  /** Registers the provider's HTTP routes, with its own authentication and error shapes; nothing else begins here. */
  readonly routes: (http: FastifyInstance) => void;
  /** The state before the first event. */
  readonly initial: State;
  readonly evolve: (state: State, event: CallEvent, call: Call) => State;
  /**
   * The keys under which the call can be looked up from this event on, besides its id: what else requests name it by. Keys
   * of different providers must differ.
   */
  readonly indexOf?: (event: CallEvent, call: Call) => readonly string[];
  /** What follows from an event, with the call and state as they are after it. Pure: the same events lead to the same
   * callbacks and commands; ids and times come from the event, or follow from it. */
  readonly react: (event: CallEvent, state: State, call: Call) => Reaction;
  /** Its delivery policies, by the names that its callbacks give. */
  readonly deliveries?: DeliveryTable;
  /**
   * What is sent now in place of a callback that a reaction asked for: a receiver may have to prove first that it wants it.
   * Unless said, the callback itself.
   *
   * @param atMs when what it tells of happened, on the call clock
   */
  readonly admit?: (draft: CallbackDraft, atMs: number) => readonly CallbackDraft[];
  /**
   * A phone dials a number: opens an incoming call when the number is one of this provider's accounts', and returns
   * `undefined` when it is not. Headers that the provider does not hand on are dropped.
   */
  readonly incoming?: (from: string, to: string, headers?: CallHeaders) => DialResult | Promise<DialResult> | undefined;
  /**
   * Somebody texts a number: takes the message when the number is one of this provider's accounts', and returns its id;
   * `undefined` when it is not.
   */
  readonly incomingText?: (message: Omit<TextMessage, 'id'>) => { readonly id: string } | undefined;
  /**
   * Does what lies outside of calls as an event of one of its calls says, such as opening a socket; what comes of it goes
   * back as commands. Called after the reaction, and after everybody else has heard of the event.
   */
  readonly follow?: (event: CallEvent, call: Call) => void;
  /** Ends what `follow` began; resolves when nothing of it is left. */
  readonly close?: () => Promise<void>;
  /** What recordings of a call hold, each sound once, where that is more than what sounded in the call itself. */
  readonly recordedSounds?: (call: Call) => readonly AudioEntry[];
  /** Brings back how it started what the provider keeps outside calls, such as settings that requests have changed. */
  readonly reset?: () => void;
}

/** Delivery policies by name, each for an account: the same value whenever the account is the same. */
export type DeliveryTable = Readonly<Record<string, (account: string) => DeliveryPolicy>>;

export interface Reaction {
  readonly callbacks?: readonly CallbackDraft[];
  readonly commands?: readonly ReactionCommand[];
}

/** A command that follows from an event, and the call that it is given to. */
export interface ReactionCommand {
  readonly call: CallId;
  readonly command: Command;
  /** Dropped without a word unless the call goes on by then (`live`), or there is none of that id (`absent`). */
  readonly onlyIf?: 'live' | 'absent';
}
