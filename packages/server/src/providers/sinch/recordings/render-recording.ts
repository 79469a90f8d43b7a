import { type StreamedFile, wavFile } from '../../../audio/audio-file.ts';
import type { EncodeMp3OffThread } from '../../../audio/audio-threads.ts';
import { encodeMp3 as encodeMp3Here, tooLongForMp3 } from '../../../audio/mp3.ts';
import type { MediaLookup } from '../../../audio/timeline.ts';
import { tooLongForWav } from '../../../audio/wav.ts';
import type { Call, Recording } from '../../../engine/call.ts';
import { SinchError } from '../protocol/errors.ts';
import { legsOf, recordingStretches, recordingTranscript, type LegLookup } from './recording-audio.ts';
import type { RecordingExtension } from '../state/recording-file.ts';

/** What files are rendered from. */
export interface RenderParts {
  readonly switchboard: LegLookup;
  readonly media: MediaLookup;
  /** Default: on this thread, where a test has no other. */
  readonly encodeMp3?: EncodeMp3OffThread | undefined;
}

/**
 * Makes a file of a recording that has been stopped. A WAV is made while it is read.
 *
 * @throws SinchError 42200 when it is too long for an MP3, or for a WAV
 */
export async function renderRecording(
  extension: RecordingExtension,
  call: Call,
  recording: Recording,
  { switchboard, media, encodeMp3 = ({ pieces }, kbps) => encodeMp3Here(pieces, kbps) }: RenderParts,
): Promise<Uint8Array<ArrayBuffer> | StreamedFile> {
  const legs = legsOf(call, switchboard);
  if (extension === 'txt') return new Uint8Array(Buffer.from(recordingTranscript(legs, recording)));
  const rendered = recordingStretches(legs, recording, media);
  const problem = extension === 'mp3' ? tooLongForMp3(rendered.frames) : tooLongForWav(rendered.frames);
  if (problem !== undefined) throw new SinchError(42200, problem);
  return extension === 'mp3' ? encodeMp3(rendered, 32) : wavFile([rendered.pieces], rendered.frames);
}
