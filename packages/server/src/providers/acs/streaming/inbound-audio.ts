import type { LiveTrack } from '../../../audio/live-track.ts';
import { durationMs, pcmFromFloats, SAMPLE_RATE } from '../../../audio/pcm.ts';
import { RateConverter } from '../../../audio/rate-converter.ts';
import type { Command } from '../../../engine/command.ts';
import type { CallClock } from '../../../contract/clock.ts';
import { type InboundMessage, readInboundMessage } from './inbound-message.ts';

/** Audio that is still to be heard; an application that sends more than so much ahead loses it. */
const maxAheadMs = 600_000;

/** What the inbound audio of a stream needs. */
export interface InboundAudioParts {
  /** Names the stream on the call's timeline. */
  readonly operation: string;
  /** What holds the audio. */
  readonly track: LiveTrack;
  /** 16 000 or 24 000. */
  readonly sampleRate: number;
  readonly clock: Pick<CallClock, 'now'>;
  readonly give: (command: Command) => void;
}

/**
 * The audio that an application sends back: it is heard in the call as it comes, each message after the one before it,
 * until `StopAudio` silences what has been sent so far. The call's history says when it began and when it was over; what
 * comes between is no events of it, however much there is.
 */
export class InboundAudio {
  readonly #parts: InboundAudioParts;
  #converter: RateConverter;
  #busyUntilMs = 0;
  /** When the call began to hear it. */
  #sinceMs: number | undefined;

  constructor(parts: InboundAudioParts) {
    this.#parts = parts;
    this.#converter = new RateConverter(parts.sampleRate, SAMPLE_RATE);
  }

  take(message: InboundMessage): void {
    if (message.kind === 'audio') this.#hear(message.samples);
    else this.#silence();
  }

  /** The stream is over: nothing of it is heard any more. */
  stop(): void {
    const { operation, give } = this.#parts;
    this.#silence();
    if (this.#sinceMs !== undefined) give({ type: 'cut-streamed-audio', operation });
    this.#parts.track.end();
    this.#sinceMs = undefined;
  }

  /** Discards the audio that is playing or queued. */
  #silence(): void {
    const { track, sampleRate, clock } = this.#parts;
    this.#converter = new RateConverter(sampleRate, SAMPLE_RATE);
    if (this.#sinceMs !== undefined) track.cut(clock.now() - this.#sinceMs);
    this.#busyUntilMs = 0;
  }

  #hear(samples: Float32Array): void {
    const { operation, track, clock, give } = this.#parts;
    const startMs = Math.max(clock.now(), this.#busyUntilMs);
    // Asked first: converting minutes of audio takes the better part of a second.
    if (startMs - clock.now() > maxAheadMs) return;
    const pcm = pcmFromFloats(this.#converter.push(samples));
    if (pcm.samples.length === 0) return;
    this.#busyUntilMs = startMs + durationMs(pcm);
    if (this.#sinceMs === undefined) {
      this.#sinceMs = clock.now();
      give({ type: 'stream-audio', operation, media: track.id });
    }
    track.append(startMs - this.#sinceMs, pcm);
  }
}

/**
 * Takes the messages of a stream.
 *
 * @param audio where they go; `undefined` for a stream that takes none
 * @param ignore told about the first message that cannot be used
 */
export function messageReceiver(
  audio: InboundAudio | undefined,
  ignore: (problem: string) => void,
): (text: string) => void {
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
