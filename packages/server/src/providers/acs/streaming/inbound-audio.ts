import { durationMs, type Pcm, pcmFromFloats, SAMPLE_RATE } from '../../../audio/pcm.ts';
import { RateConverter } from '../../../audio/rate-converter.ts';
import type { ReadyMedia } from '../../../engine/call.ts';
import type { Command } from '../../../engine/command.ts';
import type { CallClock } from '../../../switchboard/clock.ts';
import { type InboundMessage, readInboundMessage } from './inbound-message.ts';

/** Audio that is still to be heard; an application that sends more than so much ahead loses it. */
const maxAheadMs = 600_000;

/** What the audio of a stream goes through. */
export interface InboundAudioParts {
  /** Names the stream on the call's timeline. */
  readonly operation: string;
  /** 16 000 or 24 000. */
  readonly sampleRate: number;
  readonly clock: Pick<CallClock, 'now'>;
  readonly keepAudio: (pcm: Pcm, label: string) => ReadyMedia;
  readonly give: (command: Command) => void;
}

/**
 * The audio that an application sends back: it is heard in the call as it comes, each message after the one before it,
 * until `StopAudio` silences what has been sent so far.
 */
export class InboundAudio {
  readonly #parts: InboundAudioParts;
  #converter: RateConverter;
  #busyUntilMs = 0;

  constructor(parts: InboundAudioParts) {
    this.#parts = parts;
    this.#converter = new RateConverter(parts.sampleRate, SAMPLE_RATE);
  }

  take(message: InboundMessage): void {
    if (message.kind === 'audio') this.#hear(message.samples);
    else this.stop();
  }

  /** Silences what sounds or waits to sound. */
  stop(): void {
    const { operation, sampleRate, clock, give } = this.#parts;
    this.#converter = new RateConverter(sampleRate, SAMPLE_RATE);
    if (this.#busyUntilMs > clock.now()) give({ type: 'cut-streamed-audio', operation });
    this.#busyUntilMs = 0;
  }

  #hear(samples: Float32Array): void {
    const { operation, clock, keepAudio, give } = this.#parts;
    const pcm = pcmFromFloats(this.#converter.push(samples));
    const startMs = Math.max(clock.now(), this.#busyUntilMs);
    if (pcm.samples.length === 0 || startMs - clock.now() > maxAheadMs) return;
    this.#busyUntilMs = startMs + durationMs(pcm);
    give({ type: 'stream-audio', operation, media: keepAudio(pcm, operation) });
  }
}

/**
 * Takes the messages of a stream.
 *
 * @param audio where they go; `undefined` for a stream that takes none
 * @param ignore told about the first message that cannot be used
 */
export function receiver(audio: InboundAudio | undefined, ignore: (problem: string) => void): (text: string) => void {
  let hasIgnored = false;
  return (text) => {
    const message = audio ? readInboundMessage(text) : 'the stream was not made with enableBidirectional';
    if (typeof message !== 'string') audio?.take(message);
    else if (!hasIgnored) {
      hasIgnored = true;
      ignore(message);
    }
  };
}
