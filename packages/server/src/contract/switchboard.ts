import type { Call, CallId } from '../engine/call.ts';
import type { Command, CommandRefusal } from '../engine/command.ts';
import type { CallEvent } from '../engine/event.ts';

/**
 * The shell around the engine: takes commands, has `decide` answer them, appends the events through the store's door,
 * folds them, and hands each to the listeners (effects, phones, provider, control). One command of one call at a time.
 */
export interface Switchboard {
  /**
   * Gives a command to a call, or several that belong together: then all of them are carried out or, when one is refused,
   * none. Events that follow from it (reactions included) have happened when this returns; only
   * where a listener or a reaction dispatches while events are handed out, they follow as soon as it returns itself.
   */
  dispatch(call: CallId, command: Command, ...further: readonly Command[]): DispatchResult;
  /** A call as it is now; `undefined` when there never was one, `gone` when the limit on ended calls has dropped it. */
  call(id: CallId): Call | 'gone' | undefined;
  /** The call that was last found under a key of its provider (`Provider.indexOf`), as it is now. */
  callBy(key: string): Call | 'gone' | undefined;
  /** A call's history. */
  history(id: CallId): readonly CallEvent[];
  /** The provider's folded state of a call. */
  providerState<State>(id: CallId): State | undefined;
  /** Calls, newest first. */
  calls(): readonly Call[];
  /** The calls of a phone, by its address (`canonicalizeAddress`): those in which it has a leg or had one, the latest first. */
  callsOf(address: string): readonly Call[];
  /** Forgets the calls that have ended. */
  forgetEnded(): void;
  /** Called after each event, in order. Returns a function that stops it. */
  onEvent(listener: CallListener): () => void;
}

/**
 * Told of an event.
 *
 * @param call as it is after the event
 * @param bytes what the event weighs
 */
export type CallListener = (event: CallEvent, call: Call, bytes: number) => void;

/** `call` and `events`: what the command itself did, before any reaction. */
export type DispatchResult =
  | { readonly ok: true; readonly call: Call; readonly events: readonly CallEvent[] }
  | ({ readonly ok: false } & CommandRefusal);
