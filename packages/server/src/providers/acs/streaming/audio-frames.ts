import { timelineOf } from '../../../audio/call-audio.ts';
import type { Pcm } from '../../../audio/pcm.ts';
import { type MediaLookup, renderRange } from '../../../audio/timeline.ts';
import type { Call } from '../../../engine/call.ts';
import { voicesDuring } from '../state/voices.ts';

/** How much audio one message carries, in milliseconds. */
export const frameMs = 20;

/** `AudioMetadata`, the first message of a media stream. */
export function audioMetadata(subscriptionId: string, sampleRate: number): Readonly<Record<string, unknown>> {
  const length = (sampleRate * frameMs * 2) / 1000;
  return { kind: 'AudioMetadata', audioMetadata: { subscriptionId, encoding: 'PCM', sampleRate, channels: 1, length } };
}

/** Which audio a stream carries, and how. */
export interface FrameWish {
  readonly channelType: 'mixed' | 'unmixed';
  /** 16 000 or 24 000. */
  readonly sampleRate: number;
  /** The operation with which the stream's own application is heard: it is not sent back to it. */
  readonly without: string;
}

/**
 * `AudioData` of the frame that ends at `nowMs`: one message with everything in it, or one for each participant.
 *
 * @param wish how the stream was asked for
 */
export function audioFrames(
  call: Call,
  { channelType, sampleRate, without }: FrameWish,
  nowMs: number,
  media: MediaLookup,
): Readonly<Record<string, unknown>>[] {
  const fromMs = nowMs - frameMs;
  const timestamp = new Date(fromMs).toISOString();
  const voices = voicesDuring(call, fromMs, nowMs);
  const wanted =
    channelType === 'mixed'
      ? [
          {
            rawId: undefined,
            entries: voices.flatMap(({ entries }) => entries).filter((entry) => entry.operation !== without),
          },
        ]
      : voices.filter(({ rawId }) => rawId !== undefined);
  return wanted.map(({ rawId, entries }) => {
    const pcm = renderRange(timelineOf(entries, fromMs), 0, frameMs, media);
    const silent = pcm.samples.every((sample) => sample === 0);
    const data = bytesOf(pcm, sampleRate).toString('base64');
    return {
      kind: 'AudioData',
      audioData: { timestamp, ...(rawId !== undefined && { participantRawID: rawId }), data, silent },
    };
  });
}

/** Little-endian samples at the rate asked for. */
function bytesOf({ samples }: Pcm, sampleRate: number): Buffer {
  const frames = (samples.length * sampleRate) / 16_000;
  const bytes = Buffer.alloc(frames * 2);
  for (let frame = 0; frame < frames; frame++) {
    const at = (frame * samples.length) / frames;
    const [before, after] = [samples[Math.floor(at)] ?? 0, samples[Math.min(Math.ceil(at), samples.length - 1)] ?? 0];
    bytes.writeInt16LE(Math.round(before + (after - before) * (at % 1)), frame * 2);
  }
  return bytes;
}
