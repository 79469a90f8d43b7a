import type { WebSocket } from 'ws';
import type { CallClock } from '../contract/clock.ts';
import type { Microphone } from './microphone.ts';

/** The longest message, in bytes: two seconds. */
export const maxMicrophoneMessageBytes = 64_000;
/** So much may wait to sound, in milliseconds: then no more is read until half of it has. */
const maxWaitingMs = 10_000;
/** How often the client is told how much waits: after so many samples. */
const reportEverySamples = 16_000;
/** How long a client may take to say goodbye before its connection is cut, in milliseconds of real time. */
const goodbyeMs = 1000;

/** Why the server ends a microphone's WebSocket: codes of RFC 6455, and two of its own. */
const closings = {
  text: [1003, 'send samples in binary messages: 16 kHz, 16 bits little-endian, one channel'],
  odd: [1007, 'a message has half a sample: 16 kHz, 16 bits little-endian, one channel'],
  wav: [1007, 'this is a WAV file: send its samples alone (16 kHz, 16 bits, one channel)'],
  'leg-ended': [4000, 'the leg has ended'],
  replaced: [4001, 'another microphone speaks on this leg now'],
  'server-closes': [1001, 'the server stops'],
} as const satisfies Readonly<Record<string, readonly [code: number, reason: string]>>;

/** A client that speaks into a microphone over a WebSocket: each binary message is samples, one after the other. */
export class MicrophoneSocket {
  readonly #socket: WebSocket;
  readonly #clock: CallClock;
  readonly #microphone: Microphone;
  #samples = 0;
  #stopWaiting: () => void = () => {};

  /** @param open opens the microphone; told how to end the WebSocket with it */
  constructor(
    socket: WebSocket,
    clock: CallClock,
    open: (onEnded: (why: 'leg-ended' | 'replaced') => void) => Microphone,
  ) {
    this.#socket = socket;
    this.#clock = clock;
    this.#microphone = open((why) => this.end(why));
    socket.on('message', (data: Buffer, isBinary: boolean) => this.#take(data, isBinary));
    // What is no WebSocket is closed by the library, which says why.
    socket.on('error', () => {});
    socket.once('close', () => {
      this.#stopWaiting();
      this.#microphone.close();
    });
    this.#report();
  }

  /** Ends the WebSocket; what waits is still heard. */
  end(why: keyof typeof closings): void {
    const [code, reason] = closings[why];
    this.#stopWaiting();
    this.#microphone.close();
    if (this.#socket.isPaused) this.#socket.resume();
    this.#socket.close(code, reason);
    const cut = setTimeout(() => this.#socket.terminate(), goodbyeMs);
    this.#socket.once('close', () => clearTimeout(cut));
  }

  #take(data: Buffer, isBinary: boolean): void {
    const problem = !isBinary ? 'text' : data.length % 2 !== 0 ? 'odd' : this.#isWavFile(data) ? 'wav' : undefined;
    if (problem) {
      this.end(problem);
      return;
    }
    const before = Math.floor(this.#samples / reportEverySamples);
    this.#microphone.take(samplesOf(data));
    this.#samples += data.length / 2;
    if (Math.floor(this.#samples / reportEverySamples) > before) this.#report();
    this.#holdBack();
  }

  #isWavFile(data: Buffer): boolean {
    return this.#samples === 0 && data.toString('latin1', 0, 4) === 'RIFF' && data.toString('latin1', 8, 12) === 'WAVE';
  }

  /** Reads no more for now if too much waits; the client's own buffer fills then. */
  #holdBack(): void {
    const { waitingMs } = this.#microphone;
    if (waitingMs <= maxWaitingMs || this.#socket.isPaused) return;
    this.#socket.pause();
    this.#stopWaiting = this.#clock.after(waitingMs - maxWaitingMs / 2, () => this.#socket.resume());
  }

  #report(): void {
    const { call, leg, waitingMs } = this.#microphone;
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(JSON.stringify({ call, leg, waitingMs }));
  }
}

function samplesOf(data: Buffer): Int16Array {
  const samples = new Int16Array(data.length / 2);
  for (let at = 0; at < samples.length; at++) samples[at] = data.readInt16LE(at * 2);
  return samples;
}
