import type { AudioEntry, CallId, EndCause, LegId } from '../engine/call.ts';
import type { Command } from '../engine/command.ts';
import type { CallClock } from '../contract/clock.ts';
import type { DispatchResult, Switchboard } from '../contract/switchboard.ts';
import type { PhoneScript, PhoneStep } from './script.ts';

/** What a line of a phone works with. */
export interface LineParts {
  readonly switchboard: Pick<Switchboard, 'dispatch'>;
  readonly clock: CallClock;
  /** How long a phone rings before it answers, when its script does not say. */
  readonly answerAfterMs: number;
  /** Told when a phone has come to the next step of its script, or is through with it. */
  readonly onStep?: (address: string) => void;
}

/** Where a line stands: the phone rings, it is calling somebody, or it is connected. */
export type LineState = 'ringing' | 'dialing' | 'connected' | 'idle';

/** What a step waits for before the next one. */
type Awaited =
  | { readonly kind: 'prompt'; readonly pauseMs: number }
  | { readonly kind: 'tones'; readonly tones: string }
  | { readonly kind: 'own-speech' };

/** Somebody who speaks into a phone themselves, and is told what becomes of its line. */
export interface LineVoice {
  /** The line is in another call from now on. */
  moved(call: CallId): void;
  /** The leg has ended, or somebody else speaks into the phone now. */
  ended(why: 'leg-ended' | 'replaced'): void;
}

/** One phone in one call: it runs the phone's script there, on the call clock. */
export class PhoneLine {
  readonly address: string;
  readonly leg: LegId;
  readonly sinceMs: number;
  /** What the phone shows: who calls, or who was dialed. */
  readonly presented: string | undefined;
  readonly #script: PhoneScript;
  readonly #parts: LineParts;
  #call: CallId;
  #state: LineState;
  #next = 0;
  #awaited: Awaited | undefined;
  #tonesHeard = '';
  #voice: LineVoice | undefined;
  #preventTimer: () => void = nothing;

  constructor(
    at: { call: CallId; leg: LegId; address: string; state: LineState; presented: string | undefined },
    script: PhoneScript,
    parts: LineParts,
  ) {
    this.#call = at.call;
    this.leg = at.leg;
    this.address = at.address;
    this.presented = at.presented;
    this.sinceMs = parts.clock.now();
    this.#state = at.state;
    this.#script = script;
    this.#parts = parts;
  }

  get call(): CallId {
    return this.#call;
  }

  get state(): LineState {
    return this.#state;
  }

  /** At which step of its script the phone is, from 1; `undefined` before the first and after the last. */
  get step(): number | undefined {
    const steps = 'steps' in this.#script ? (this.#script.steps?.length ?? 0) : 0;
    return this.#state === 'connected' && this.#next >= 1 && this.#next <= steps ? this.#next : undefined;
  }

  /** The script that it follows in this call. */
  get script(): PhoneScript {
    return this.#script;
  }

  /** The phone begins to ring: its script says whether somebody picks it up. */
  ring(): void {
    const script = this.#script;
    switch (script.pickUp) {
      case 'answer':
        this.#after(script.afterMs ?? this.#parts.answerAfterMs, () => this.answer());
        return;
      case 'busy':
      case 'decline':
      case 'unreachable':
      case 'fail': {
        const { cause, afterMs } = REFUSALS[script.pickUp];
        this.#after(script.afterMs ?? afterMs, () => this.end(cause));
        return;
      }
      case 'manual':
      case 'no-answer':
    }
  }

  answer(): DispatchResult {
    return this.#dispatch({ type: 'answer', leg: this.leg });
  }

  end(cause: EndCause): DispatchResult {
    return this.#dispatch({ type: 'end-leg', leg: this.leg, cause });
  }

  press(tones: string): DispatchResult {
    return this.#dispatch({ type: 'press', leg: this.leg, tones: tones.toUpperCase() });
  }

  say(text: string): DispatchResult {
    return this.#dispatch({ type: 'say', leg: this.leg, text });
  }

  /** Has somebody speak into the phone, in place of whoever did before. */
  speak(voice: LineVoice): void {
    const before = this.#voice;
    this.#voice = voice;
    before?.ended('replaced');
  }

  /** Whoever spoke into the phone does so no more. */
  fallSilent(voice: LineVoice): void {
    if (this.#voice === voice) this.#voice = undefined;
  }

  /** The call was answered, by this phone or by the one that it dialed: the steps of the script begin. */
  connected(): void {
    this.#stopTimer();
    this.#state = 'connected';
    this.#step();
  }

  /** The line is in another call now. The script goes on there. */
  movedTo(call: CallId): void {
    this.#call = call;
    this.#voice?.moved(call);
  }

  /** The leg has ended. */
  ended(): void {
    this.stop();
    const voice = this.#voice;
    this.#voice = undefined;
    voice?.ended('leg-ended');
  }

  /** Takes no more part in the call. */
  stop(): void {
    this.#stopTimer();
    this.#awaited = undefined;
    this.#state = 'idle';
  }

  /** A prompt was heard to its end. */
  heardPrompt(): void {
    if (this.#awaited?.kind === 'prompt') this.#goOnAfter(this.#awaited.pauseMs);
  }

  /** Keys were sent to this phone. */
  heardTones(tones: string): void {
    this.#tonesHeard = (this.#tonesHeard + tones.toUpperCase()).slice(-MAX_TONES_HEARD);
    if (this.#awaited?.kind === 'tones') this.#checkTones(this.#awaited.tones);
  }

  /** What this phone says has begun to sound; without an entry, it could not be said. */
  said(entry: AudioEntry | undefined): void {
    if (this.#awaited?.kind !== 'own-speech') return;
    this.#goOnAfter(entry ? entry.startedAtMs + entry.durationMs - this.#parts.clock.now() : 0);
  }

  #step(): void {
    const steps = 'steps' in this.#script ? (this.#script.steps ?? []) : [];
    const step = steps[this.#next++];
    if (steps.length > 0) this.#parts.onStep?.(this.address);
    if (step && this.#state === 'connected') this.#take(step);
  }

  #take(step: PhoneStep): void {
    switch (step.do) {
      case 'wait':
        this.#goOnAfter(step.ms);
        return;
      case 'await-prompt':
        this.#awaited = { kind: 'prompt', pauseMs: step.pauseMs ?? 500 };
        return;
      case 'await-tones':
        this.#awaited = { kind: 'tones', tones: step.tones };
        this.#checkTones(step.tones);
        return;
      case 'press':
        this.#pressEach(step.tones, step.gapMs ?? 200);
        return;
      case 'say':
      case 'beep':
        this.#awaited = { kind: 'own-speech' };
        this.#dispatch(
          step.do === 'say'
            ? { type: 'say', leg: this.leg, text: step.text }
            : { type: 'say', leg: this.leg, text: 'beep', sound: 'beep' },
        );
        return;
      case 'hang-up':
        this.end('hung-up');
    }
  }

  #pressEach(tones: string, gapMs: number, next = 0): void {
    const tone = tones[next];
    if (tone === undefined) {
      this.#step();
      return;
    }
    this.press(tone);
    this.#after(gapMs, () => this.#pressEach(tones, gapMs, next + 1));
  }

  #checkTones(expected: string): void {
    const at = this.#tonesHeard.indexOf(expected.toUpperCase());
    if (at < 0) return;
    this.#tonesHeard = this.#tonesHeard.slice(at + expected.length);
    this.#goOnAfter(0);
  }

  #goOnAfter(ms: number): void {
    this.#awaited = undefined;
    this.#after(ms, () => this.#step());
  }

  #after(ms: number, action: () => void): void {
    this.#stopTimer();
    this.#preventTimer = this.#parts.clock.after(ms, action);
  }

  /** Lets go of the timer, too: with what it would have done it weighs more than the line. */
  #stopTimer(): void {
    this.#preventTimer();
    this.#preventTimer = nothing;
  }

  #dispatch(command: Command): DispatchResult {
    return this.#parts.switchboard.dispatch(this.#call, command);
  }
}

function nothing(): void {}

/** How many heard keys a line remembers: more than one step of a script can wait for. */
const MAX_TONES_HEARD = 1000;

const REFUSALS = {
  busy: { cause: 'busy', afterMs: 500 },
  decline: { cause: 'declined', afterMs: 2000 },
  unreachable: { cause: 'unreachable', afterMs: 500 },
  fail: { cause: 'failed', afterMs: 500 },
} as const satisfies Record<string, { cause: EndCause; afterMs: number }>;
