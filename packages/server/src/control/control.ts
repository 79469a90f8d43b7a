import { renderTimeline } from '../audio/timeline.ts';
import { encodeWav } from '../audio/wav.ts';
import type { Exchange } from '../exchanges/exchange.ts';
import { redactedValue } from '../exchanges/redacted-value.ts';
import type { CallHeaders } from '../contract/call-headers.ts';
import type { TextMessage, TextResult } from '../contract/text-message.ts';
import type { PhoneResult, PhoneState } from '../phones/phone-book.ts';
import type { DialResult } from '../contract/dial.ts';
import { PhoneLine } from '../phones/phone-line.ts';
import { parsePhoneScript, type PhoneScript } from '../phones/script.ts';
import type { FaultSetting } from '../contract/fault.ts';
import { advanceClock } from './advance-clock.ts';
import { type ReadCallback, withParsedBody } from './callback-body.ts';
import { ControlError, found } from './control-error.ts';
import type { ControlParts } from './control-parts.ts';
import { type Duration, milliseconds } from './duration.ts';
import type { FeedEvent } from './event-feed.ts';
import { heardByPhone, heardInCall } from './heard.ts';
import { legAudio, legOf, type LegSide } from './leg-audio.ts';
import { Microphone, microphoneLabel } from './microphone.ts';
import { resetServer } from './reset.ts';
import { viewCallback } from './views/callback-view.ts';
import { type CallSummary, summarizeCall } from './views/call-view.ts';
import type { Heard } from './views/heard-view.ts';
import type { CallEvent } from '../engine/event.ts';
import { waitForEvent, type WaitOptions } from './wait-for-event.ts';
import type { Wish } from './wish.ts';

/** The control API without HTTP: how a test watches and steers the server that it started. No key is in what it gives. */
export interface Control {
  /**
   * Waits for something to happen. What has happened already counts, the earliest first; to wait for the next of a
   * kind, pass the previous one as `after`. On the virtual clock only `advance` lets call time pass.
   *
   *     await control.waitFor('CallConnected');
   *     await control.waitFor((event) => event.type === 'exchange' && event.exchange.status === 401);
   *
   * @throws Error naming what happened instead, when it does not happen in time (5 s of real time unless said otherwise)
   */
  waitFor(wish: CallEvent['type'], options?: WaitOptions): Promise<Extract<FeedEvent, { type: 'call' }>>;
  waitFor(callback: string, options?: WaitOptions): Promise<CallbackHappened>;
  waitFor(wish: (event: FeedEvent) => boolean, options?: WaitOptions): Promise<FeedEvent>;
  /**
   * Moves the virtual clock on, and returns when everything that follows from it is done, callbacks included.
   *
   * @throws Error on the real clock
   */
  advance(duration: Duration): Promise<void>;
  /** The call clock's time, milliseconds since the epoch. */
  now(): number;
  /** The phone of a number, user or SIP address. */
  phone(number: string): ControlledPhone;
  /** Calls, newest first. */
  calls(): CallSummary[];
  /** A call's history, first event first. */
  history(call: string): readonly CallEvent[];
  /** What a leg heard or said, as a WAV file (16 kHz, 16 bits, mono). Legs are counted from 1. */
  audio(call: string, leg: number | string, side: LegSide): Uint8Array;
  /**
   * What was said to whom in a call, as text with times, first to last: by the application, and by parties to each other.
   *
   *     expect(control.heard(call).map(({ text }) => text)).toEqual(['Welcome.', 'Press one.']);
   */
  heard(call: string): Heard[];
  /** Requests that reached the server, newest first. */
  exchanges(): Exchange[];
  /** Callbacks with every attempt to deliver them, newest first; `parsed` is the body, read. */
  callbacks(): ReadCallback[];
  /**
   * Sends a callback that was delivered or given up once more.
   *
   * @throws Error when there is none of that id, or it is still being delivered
   */
  resend(callback: string): void;
  /** Switches a fault on. */
  fault(fault: FaultSetting): void;
  /** Switches a fault off, or all of them. */
  clearFault(name?: string): void;
  /**
   * Ends all calls and forgets what was: calls, events (for `waitFor`, too), exchanges, callbacks, faults, changed phones,
   * numbers and callback URLs. Nothing of it is sent any more: no report of the calls that end, no callback that is still
   * being retried.
   */
  reset(): void;
}

/** A callback was delivered or given up; `parsed` is its body, read. */
export type CallbackHappened = Extract<FeedEvent, { type: 'callback' }> & {
  readonly callback: ReadCallback;
};

/** A phone in the hand of a test. Each action throws when the phone is not in a state for it. */
export interface ControlledPhone {
  /** Picks up. */
  answer(): void;
  decline(): void;
  hangUp(): void;
  /** Presses keys: `0`-`9`, `*`, `#`, `A`-`D`. */
  press(tones: string): void;
  /** Speaks; it is heard once it has been synthesized. */
  say(text: string): void;
  /** Speaks samples into its call, as a person does into a microphone: in place of one that was opened before. */
  microphone(): ControlledMicrophone;
  /** Dials a number of one of the accounts, with headers if the provider hands them on. */
  dial(to: string, headers?: CallHeaders): Promise<{ readonly call: string; readonly leg: string }>;
  /** Sends a text message to a number of one of the accounts. */
  text(to: string, text: string): { readonly id: string };
  /** Sets what the phone does by itself from its next call on. */
  script(script: PhoneScript): void;
  /** What its party heard in all its calls, as text with times, first to last. */
  heard(): Heard[];
  /** The text messages that it received, the oldest first. */
  inbox(): readonly TextMessage[];
  state(): PhoneState;
}

/** A microphone in the hand of a test. */
export interface ControlledMicrophone {
  /**
   * Says samples after those before them, from now on if these have sounded.
   *
   * @param samples 16 kHz, 16 bits, one channel
   */
  speak(samples: Int16Array): void;
  /** Says no more. What waits is still heard. */
  close(): void;
}

/** Makes the in-process control of a server. */
export function createControl(parts: ControlParts): Control {
  const { switchboard, journal, outbox, faults, phones, clock, feed, media, redaction } = parts;
  const shown = <T>(value: T): T => redactedValue(value, redaction.allKeys);
  return {
    waitFor: async (wish: Wish, options?: WaitOptions) => {
      const event = shown(await waitForEvent(feed, wish, options));
      return (event.type === 'callback' ? { ...event, callback: withParsedBody(event.callback) } : event) as never;
    },
    advance: (duration) => advanceClock(parts, milliseconds(duration)),
    now: () => clock.now(),
    phone: (number) => controlledPhone(parts, number),
    calls: () => shown(switchboard.calls().map(summarizeCall)),
    history: (call) => shown(switchboard.history(call)),
    audio(id, leg, side) {
      const call = found(switchboard.call(id), `call ${id}`);
      const { entries, lengthMs } = legAudio(
        found(legOf(call, String(leg)), `leg ${leg} of call ${id}`),
        side,
        clock.now(),
      );
      return encodeWav(renderTimeline(entries, lengthMs, media));
    },
    heard: (call) => shown(heardInCall(found(switchboard.call(call), `call ${call}`), parts)),
    // Copies: the journal's own go on.
    exchanges: () => journal.list().map((exchange) => Object.assign({}, exchange)),
    callbacks: () => shown(outbox.list().toReversed().map(viewCallback)).map(withParsedBody),
    resend(callback) {
      const result = outbox.resend(callback);
      if (result === 'not-found') throw new ControlError(404, 'not-found', `there is no callback ${callback}`);
      if (result === 'gone') found('gone', `callback ${callback}`);
      if (result === 'not-settled') {
        throw new ControlError(409, 'callback/not-settled', `callback ${callback} is still being delivered`);
      }
    },
    fault: (fault) => faults.switchOn(fault),
    clearFault: (name) => (name === undefined ? faults.clear() : faults.switchOff(name)),
    reset: () => resetServer(parts),
  };

  function controlledPhone({ phones: book }: ControlParts, number: string): ControlledPhone {
    return {
      answer: () => done(book.answer(number)),
      decline: () => done(book.decline(number)),
      hangUp: () => done(book.hangUp(number)),
      press: (tones) => done(book.press(number, tones)),
      say: (text) => done(book.say(number, text)),
      microphone: () => openMicrophone(parts, number),
      dial: async (to, headers) => dialed(await book.dial(number, to, headers)),
      text: (to, text) => texted(book.text(number, to, text)),
      script: (script) => phones.setScript(number, parsePhoneScript(script)),
      heard: () => shown(heardByPhone(number, parts)),
      inbox: () => book.phone(number).inbox,
      state: () => book.phone(number),
    };
  }
}

function done(result: PhoneResult): void {
  if (!result.ok) throw refusal(result);
}

function refusal({ refused, summary }: Extract<PhoneResult, { ok: false }>): ControlError {
  return new ControlError(409, `phone/${refused}`, summary);
}

function openMicrophone(
  { phones, clock, switchboard, beginTrack }: ControlParts,
  number: string,
): ControlledMicrophone {
  const line = phones.connectedLine(number);
  if (!(line instanceof PhoneLine)) throw refusal(line);
  const track = beginTrack(microphoneLabel(line));
  const microphone = new Microphone({ line, clock, switchboard, track, onEnded: () => {} });
  return { speak: (samples) => microphone.take(samples), close: () => microphone.close() };
}

function dialed(result: DialResult): { readonly call: string; readonly leg: string } {
  if (!result.ok) throw new ControlError(409, `dial/${result.refused}`, result.summary);
  return { call: result.call, leg: result.leg };
}

function texted(result: TextResult): { readonly id: string } {
  if (!result.ok) throw new ControlError(404, `text/${result.refused}`, result.summary);
  return { id: result.id };
}
