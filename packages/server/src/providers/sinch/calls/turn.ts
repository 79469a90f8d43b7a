import type { Call, CallId, LegId } from '../../../engine/call.ts';
import type { Command } from '../../../engine/command.ts';
import type { CallEvent } from '../../../engine/event.ts';
import type { CallbackEventName } from '../state/event-name.ts';
import type { SinchSettings } from '../accounts/options.ts';
import type { RecordingFile } from '../state/recording-file.ts';
import { locateUploads } from '../svaml/uploads.ts';
import type { CallState } from '../state/call-state.ts';
import type { Due } from '../state/due.ts';
import type { Membership } from '../state/membership.ts';
import { stateWith } from '../state/state-with.ts';

/**
 * One step of a call: an event, the state it meets, and what follows from it. It lives while one event is folded and is
 * thrown away; seen from outside, the fold is pure.
 */
export class Turn {
  readonly event: CallEvent;
  readonly call: Call;
  readonly settings: SinchSettings;
  #state: CallState;
  #ids = 0;
  readonly #due: Due[] = [];

  constructor(state: CallState, event: CallEvent, call: Call, settings: SinchSettings) {
    this.#state = state;
    this.event = event;
    this.call = call;
    this.settings = settings;
  }

  /** The state as it is now. */
  get state(): CallState {
    return this.#state;
  }

  /** Changes parts of the state. */
  set(change: Partial<CallState>): void {
    this.#state = stateWith(this.#state, change);
  }

  /** The state after the step, with what it asks for. */
  result(): CallState {
    return stateWith(this.#state, { due: this.#due });
  }

  /** An id that no other operation, timer or callback of this or any other call has; the same at every replay. */
  newId(name: string): string {
    this.#ids += 1;
    return `${this.#state.callId}.${name}-${this.event.seq}-${this.#ids}`;
  }

  /** Asks for a command: to the call itself, unless another is named. */
  command(command: Command, call: CallId = this.#state.callId): void {
    const located =
      command.type === 'play' || command.type === 'collect'
        ? { ...command, prompts: locateUploads(command.prompts, this.settings.uploadsUrl) }
        : command;
    this.#due.push({ kind: 'command', call, command: located });
  }

  /** The engine's call in which the legs of this call are: its own, or the room of its conference. */
  get mediaCall(): CallId {
    return this.#state.membership?.room ?? this.#state.callId;
  }

  /** Asks for a callback whose answer decides what the call does next. */
  ask(event: 'ice' | 'ace' | 'pie', fields: Readonly<Record<string, unknown>>, legs: readonly LegId[]): void {
    const id = this.newId(event);
    this.set({ awaited: { id, event, legs } });
    this.#due.push({ kind: 'callback', id, event, fields, awaited: true });
  }

  /**
   * Asks for a callback whose answer says nothing.
   *
   * @param file a recording's file that is stored first
   */
  tell(event: CallbackEventName, fields: Readonly<Record<string, unknown>>, file?: RecordingFile): void {
    const id = this.newId(event);
    this.#due.push({ kind: 'callback', id, event, fields, awaited: false, ...(file && { file }) });
  }

  /**
   * Says on the call's timeline what is not done, or why the call is about to end.
   *
   * @param summary a sentence for people
   */
  refuse(code: string, summary: string): void {
    this.command({ type: 'explain-refusal', code, summary });
  }

  /** Asks for a leg to be moved to a conference. */
  enterConference(leg: LegId, membership: Membership): void {
    this.#due.push({ kind: 'enter-conference', leg, membership });
  }

  /** Asks for a conference's room to be there before the commands that follow. */
  openRoom(room: CallId, conferenceId: string): void {
    this.#due.push({ kind: 'open-room', room, conferenceId });
  }
}
