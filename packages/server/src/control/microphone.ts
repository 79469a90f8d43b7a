import type { LiveTrack } from '../audio/live-track.ts';
import { durationMs, pcmOf } from '../audio/pcm.ts';
import type { CallClock } from '../contract/clock.ts';
import type { Switchboard } from '../contract/switchboard.ts';
import type { CallId, LegId } from '../engine/call.ts';
import type { LineVoice, PhoneLine } from '../phones/phone-line.ts';

/**
 * How far ahead of the call clock the first sound after a pause is put, in milliseconds, so that what follows it may be
 * late by as much without a gap. On a virtual clock nothing is late.
 */
const leadMs = 100;

/** What a microphone works with. */
export interface MicrophoneParts {
  readonly line: PhoneLine;
  readonly clock: CallClock;
  readonly switchboard: Pick<Switchboard, 'dispatch'>;
  /** Holds what is said. */
  readonly track: LiveTrack;
  /** Told when nothing more is heard of it, once: the leg has ended, or another microphone speaks on it. */
  readonly onEnded: (why: 'leg-ended' | 'replaced') => void;
}

/**
 * A microphone at the phone of a leg: what is said into it sounds in the call as what a party says, from its first sample
 * until it is closed, in whatever call the leg is. What comes faster than it sounds waits its turn; between what comes too
 * late there is silence.
 */
export class Microphone implements LineVoice {
  readonly leg: LegId;
  readonly #parts: MicrophoneParts;
  #call: CallId;
  /** When the track began, on the call clock. */
  #sinceMs: number | undefined;
  /** When all that has been said falls silent, on the call clock. */
  #busyUntilMs = 0;
  /** Whether the call hears the track. */
  #isOn = false;
  #isClosed = false;

  constructor(parts: MicrophoneParts) {
    this.#parts = parts;
    this.#call = parts.line.call;
    this.leg = parts.line.leg;
    parts.line.speak(this);
  }

  /** The call in which the leg is. */
  get call(): CallId {
    return this.#call;
  }

  /** How much of what was said has not sounded yet, in milliseconds. */
  get waitingMs(): number {
    return Math.max(0, this.#busyUntilMs - this.#parts.clock.now());
  }

  /**
   * Says something, after what waits to sound.
   *
   * @param samples 16 kHz, 16 bits, one channel
   */
  take(samples: Int16Array): void {
    if (this.#isClosed || samples.length === 0) return;
    const { clock, track } = this.#parts;
    const nowMs = clock.now();
    this.#sinceMs ??= nowMs;
    this.#begin();
    const isDry = this.#busyUntilMs <= nowMs;
    const startMs = isDry ? nowMs + (clock.kind === 'real' ? leadMs : 0) : this.#busyUntilMs;
    const pcm = pcmOf(samples);
    track.append(startMs - this.#sinceMs, pcm);
    this.#busyUntilMs = startMs + durationMs(pcm);
  }

  /** Nothing more is said. What waits is still heard. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    const { line, clock } = this.#parts;
    line.fallSilent(this);
    if (this.waitingMs > 0) clock.after(this.waitingMs, () => this.#end());
    else this.#end();
  }

  moved(call: CallId): void {
    this.#call = call;
    this.#isOn = false;
    // The call that takes the leg in may not know it yet.
    if (this.#sinceMs !== undefined) this.#parts.clock.after(0, () => this.#begin());
  }

  ended(why: 'leg-ended' | 'replaced'): void {
    this.close();
    this.#parts.onEnded(why);
  }

  #begin(): void {
    if (this.#isOn || this.#isClosed || this.#sinceMs === undefined) return;
    const { switchboard, track } = this.#parts;
    const { ok } = switchboard.dispatch(this.#call, {
      type: 'stream-audio',
      operation: track.id,
      media: track.id,
      startedAtMs: this.#sinceMs,
      from: this.leg,
    });
    this.#isOn = ok;
  }

  #end(): void {
    const { switchboard, track } = this.#parts;
    if (this.#isOn) switchboard.dispatch(this.#call, { type: 'cut-streamed-audio', operation: track.id });
    track.end();
  }
}

/** What a microphone's audio is, for people. */
export function microphoneLabel({ address }: Pick<PhoneLine, 'address'>): string {
  return `microphone of ${address}`;
}
