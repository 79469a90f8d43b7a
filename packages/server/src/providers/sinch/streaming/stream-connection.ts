import type { WebSocket } from 'ws';
import { timelineOf } from '../../../audio/call-audio.ts';
import { SAMPLE_RATE } from '../../../audio/pcm.ts';
import { RateConverter } from '../../../audio/rate-converter.ts';
import { renderRange, type MediaLookup } from '../../../audio/timeline.ts';
import type { ByteBudget } from '../../../bounded/byte-budget.ts';
import type { EndCause, Leg } from '../../../engine/call.ts';
import type { Command } from '../../../engine/command.ts';
import type { OutboundGuard } from '../../../outbound/outbound-guard.ts';
import type { CallClock } from '../../../contract/clock.ts';
import { eachFrame } from '../../kit/each-frame.ts';
import { canSend, openSocket } from '../../kit/socket.ts';
import type { LegVoice } from './leg-voice.ts';
import { Playout } from './playout.ts';
import { connectMessage, readStreamCommand, type StreamCommand, type StreamedCall } from './stream-protocol.ts';
import { streamRefusal } from './stream-refusal.ts';
import { wireBytes } from './wire-audio.ts';

/** Length of a binary message, in milliseconds. */
const frameMs = 20;
/** A server that sends neither audio nor a heartbeat for so long is taken for dead, in milliseconds of the call clock. */
const silenceLimitMs = 60_000;
/** How long connecting may hold up a virtual clock, in milliseconds of the wall clock. */
const patienceMs = 5_000;
/** A server that does not read misses audio beyond this many bytes. */
const maxUnsentBytes = 1_000_000;
/** The longest message that a server may send: half a minute at the usual rate. */
const maxMessageBytes = 1_000_000;

/** What a connection works with. */
export interface StreamConnectionParts {
  readonly url: string;
  readonly call: StreamedCall;
  readonly clock: CallClock;
  /** Says which hosts are not connected to. */
  readonly guard: OutboundGuard;
  readonly media: MediaLookup;
  /** What the leg says. */
  readonly voice: LegVoice;
  /** For what waits to sound, shared with other streams. */
  readonly room: ByteBudget;
  /** The leg as it is now, wherever it has moved; `undefined` when it is gone. */
  readonly leg: () => Leg | undefined;
  /** Gives a command about the leg to the call that it is in. */
  readonly give: (command: (leg: string) => Command) => void;
}

/**
 * The WebSocket at the end of a leg: the server is asked whether it takes the call, then hears what the leg hears, in
 * frames of 20 ms of the call clock, and what it sends is what the leg says.
 */
export class StreamConnection {
  readonly #parts: StreamConnectionParts;
  readonly #socket: WebSocket;
  readonly #playout: Playout;
  readonly #converter: RateConverter;
  #state: 'asking' | 'answered' | 'closed' = 'asking';
  #heardFromAtMs = 0;
  #stopFrames: (() => void) | undefined;

  constructor(parts: StreamConnectionParts) {
    const { url, call, clock, guard } = parts;
    this.#parts = parts;
    this.#converter = new RateConverter(SAMPLE_RATE, call.sampleRateHz);
    this.#playout = new Playout(call.sampleRateHz, clock, (pcm) => parts.voice.say(pcm), parts.room);
    const socket = openSocket({ url, guard, openTimeoutMs: patienceMs, maxMessageBytes });
    this.#socket = socket;
    const decided = new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, patienceMs).unref();
      const decide = (): void => {
        clearTimeout(timer);
        resolve();
      };
      socket.on('message', decide).on('close', decide);
    });
    void clock.awaiting(decided, { description: `the stream server at ${url}` });
    socket.on('open', () => socket.send(connectMessage(call)));
    socket.on('message', (data: Buffer, isBinary: boolean) => this.#receive(data, isBinary));
    let problem = 'it closed the connection without an answer';
    // `close` follows.
    socket.on('error', (error) => (problem = error.message));
    socket.on('close', () => {
      if (this.#state !== 'asking') return this.#end('hung-up');
      parts.give(() => streamRefusal(url, problem));
      this.#end('unreachable');
    });
  }

  /** The leg has ended: so does the connection. */
  close(): void {
    this.#stop();
    this.#socket.close(1000);
  }

  /** The server of the whole closes: nobody waits for the other side. */
  terminate(): void {
    this.#stop();
    this.#socket.terminate();
  }

  #receive(data: Buffer, isBinary: boolean): void {
    this.#heardFromAtMs = this.#parts.clock.now();
    if (isBinary) {
      if (this.#state === 'answered') this.#playout.take(data);
      return;
    }
    const command = readStreamCommand(data.toString('utf8'));
    if (command !== undefined) this.#obey(command);
  }

  #obey(command: StreamCommand): void {
    if (command === 'clear') this.#playout.clear();
    if (this.#state !== 'asking') return;
    if (command === 'answer') {
      this.#state = 'answered';
      this.#stopFrames = this.#sendFrames();
      this.#parts.give((leg) => ({ type: 'answer', leg }));
    } else if (command === 'busy' || command === 'reject') {
      this.#end(command === 'busy' ? 'busy' : 'declined');
      this.#socket.close(1000);
    }
  }

  #sendFrames(): () => void {
    const { clock } = this.#parts;
    return eachFrame(clock, frameMs, (fromMs, toMs) => {
      this.#sendFrame(fromMs, toMs);
      if (clock.now() - this.#heardFromAtMs < silenceLimitMs) return;
      this.#end('hung-up');
      this.#socket.close(1000);
    });
  }

  #sendFrame(fromMs: number, toMs: number): void {
    const leg = this.#parts.leg();
    if (!leg || !canSend(this.#socket, maxUnsentBytes)) return;
    const { samples } = renderRange(timelineOf(leg.heard.during(fromMs, toMs), fromMs), 0, frameMs, this.#parts.media);
    const converted = this.#converter.push(Float32Array.from(samples, (sample) => sample / 32_768));
    if (converted.length > 0) this.#socket.send(wireBytes(converted));
  }

  /** Says once that the party is gone. */
  #end(cause: EndCause): void {
    if (this.#state === 'closed') return;
    this.#stop();
    this.#parts.give((leg) => ({ type: 'end-leg', leg, cause }));
  }

  #stop(): void {
    this.#state = 'closed';
    this.#stopFrames?.();
    this.#playout.close();
  }
}
