import { type StreamedFile, wavFile } from '../../../audio/audio-file.ts';
import type { EncodeMp3OffThread } from '../../../audio/audio-threads.ts';
import { renderStretches } from '../../../audio/call-audio.ts';
import { encodeMp3 as encodeMp3Here, tooLongForMp3 } from '../../../audio/mp3.ts';
import type { MediaLookup } from '../../../audio/timeline.ts';
import { tooLongForWav } from '../../../audio/wav.ts';
import type { Call, Recording } from '../../../engine/call.ts';
import { HttpError } from '../../../http/http-error.ts';
import type { RecordingDetails } from './recording-details.ts';
import { type Voice, voicesOf } from '../state/voices.ts';

/** The most channels that an unmixed recording has. */
const maxChannels = 5;

/** The bit rate of MP3 files, in kilobits per second. */
export const mp3Kbps = 48;

/** The format of a recording's file. MP4 is not written: what was asked for in it is a WAV. */
export function fileFormat({ format }: RecordingDetails): 'wav' | 'mp3' {
  return format === 'mp3' ? 'mp3' : 'wav';
}

/** What a recording's file is made with. */
export interface RecordingFileParts {
  readonly media: MediaLookup;
  /** Default: on this thread, where a test has no other. */
  readonly encodeMp3?: EncodeMp3OffThread;
}

/**
 * A recording as a file, WAV (16 kHz, 16 bits) or MP3, made from the call's timeline: mixed into one channel, or one
 * channel a participant. Stretches in which it was paused are left out. A WAV is made while it is read.
 *
 * @param nowMs call-clock time, where a recording that still runs ends
 * @throws HttpError 422 when it is too long for an MP3, or for a WAV
 */
export async function recordingFile(
  call: Call,
  recording: Recording,
  details: RecordingDetails,
  nowMs: number,
  { media, encodeMp3 = ({ pieces }, kbps) => encodeMp3Here(pieces, kbps) }: RecordingFileParts,
): Promise<Uint8Array | StreamedFile> {
  const stretches = recording.stretches.map(({ fromMs, toMs = nowMs }) => ({ fromMs, toMs }));
  const voices = voicesOf(call);
  if (details.channelType === 'mixed') {
    const everything = voices.flatMap(({ entries }) => entries);
    const rendered = renderStretches(everything, stretches, media);
    const isMp3 = fileFormat(details) === 'mp3';
    refuse(isMp3 ? tooLongForMp3(rendered.frames) : tooLongForWav(rendered.frames));
    return isMp3 ? encodeMp3(rendered, mp3Kbps) : wavFile([rendered.pieces], rendered.frames);
  }
  const places = new Map(details.channelOrder.map((rawId, place) => [rawId, place] as const).toReversed());
  const rank = ({ rawId }: Voice): number => places.get(rawId ?? '') ?? places.size;
  const ordered = voices.toSorted((one, other) => rank(one) - rank(other)).slice(0, maxChannels);
  const channels = ordered.map(({ entries }) => renderStretches(entries, stretches, media));
  const frames = channels[0]?.frames ?? 0;
  refuse(tooLongForWav(frames, channels.length));
  return wavFile(
    channels.map(({ pieces }) => pieces),
    frames,
  );
}

function refuse(problem: string | undefined): void {
  if (problem !== undefined) throw new HttpError(422, 'recording/too-long', problem);
}

/** How long a recording is, pauses left out, in milliseconds. */
export function recordedMs(recording: Recording, nowMs: number): number {
  return [...recording.stretches].reduce((sum, { fromMs, toMs = nowMs }) => sum + toMs - fromMs, 0);
}
