import { soundContext } from './sound.ts';

/** How far ahead pieces are scheduled: the server sends five a second, and not always on time. Seconds. */
const leadSeconds = 0.25;
/** More than this ahead, and pieces are left out until the player has caught up. */
const mostAheadSeconds = 1;
const headerBytes = 44;
const retryAfterMs = 500;

/**
 * Plays a WAV stream (16 kHz, 16 bits, one channel) as it arrives, in an audio element. The element cannot do that by
 * itself: browsers want seconds of a WAV file before they begin. Picks a broken stream up again; ends with the stream.
 * Returns a function that stops it.
 */
export function playLiveWav(url: string, element: HTMLAudioElement): () => void {
  const stopped = new AbortController();
  const output = new MediaStreamAudioDestinationNode(soundContext(), { channelCount: 1 });
  element.srcObject = output.stream;
  void follow(url, new PieceScheduler(output), stopped.signal);
  return () => {
    stopped.abort();
    element.srcObject = null;
    output.disconnect();
  };
}

async function follow(url: string, scheduler: PieceScheduler, stopped: AbortSignal): Promise<void> {
  for (;;) {
    try {
      const response = await fetch(url, { signal: stopped, cache: 'no-store' });
      if (response.body && response.ok) await playAll(response.body, scheduler);
      // It ended as it should, with the leg, or there is no such leg.
      return;
    } catch {
      if (stopped.aborted) return;
      await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
    }
  }
}

async function playAll(body: ReadableStream<Uint8Array>, scheduler: PieceScheduler): Promise<void> {
  const pieces = body.getReader();
  let rest: Uint8Array = new Uint8Array(0);
  let isHeaderRead = false;
  for (let piece = await pieces.read(); !piece.done; piece = await pieces.read()) {
    let bytes = joined(rest, piece.value);
    if (!isHeaderRead) {
      if (bytes.length < headerBytes) {
        rest = bytes;
        continue;
      }
      isHeaderRead = true;
      bytes = bytes.slice(headerBytes);
    }
    const whole = bytes.length - (bytes.length % 2);
    rest = bytes.slice(whole);
    scheduler.play(samplesOf(bytes, whole / 2));
  }
}

/** Puts pieces of sound one after the other. */
class PieceScheduler {
  readonly #output: AudioNode;
  #nextSeconds = 0;

  constructor(output: AudioNode) {
    this.#output = output;
  }

  play(samples: Float32Array<ArrayBuffer>): void {
    const context = soundContext();
    const now = context.currentTime;
    if (samples.length === 0 || this.#nextSeconds - now > mostAheadSeconds) return;
    if (this.#nextSeconds < now) this.#nextSeconds = now + leadSeconds;
    const buffer = context.createBuffer(1, samples.length, context.sampleRate);
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(this.#output);
    source.start(this.#nextSeconds);
    this.#nextSeconds += buffer.duration;
  }
}

function samplesOf(bytes: Uint8Array, count: number): Float32Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const samples = new Float32Array(count);
  for (let at = 0; at < count; at++) samples[at] = view.getInt16(at * 2, true) / 32_768;
  return samples;
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other;
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
}
