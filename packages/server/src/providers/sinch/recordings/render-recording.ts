import { gather, wavFile } from '../../../audio/audio-file.ts';
import type { EncodeMp3OffThread } from '../../../audio/audio-threads.ts';
import { encodeMp3 as encodeMp3Here } from '../../../audio/mp3.ts';
import type { MediaLookup } from '../../../audio/timeline.ts';
import type { Call, Recording } from '../../../engine/call.ts';
import { legsOf, recordingAudio, recordingTranscript, type LegLookup } from './recording-audio.ts';
import type { RecordingExtension } from './recording-file.ts';

/** What files are rendered from. */
export interface RenderParts {
  readonly switchboard: LegLookup;
  readonly media: MediaLookup;
  /** Default: on this thread, where a test has no other. */
  readonly encodeMp3?: EncodeMp3OffThread | undefined;
}

/** Makes a file of a recording that has been stopped. */
export async function renderRecording(
  extension: RecordingExtension,
  call: Call,
  recording: Recording,
  { switchboard, media, encodeMp3 = encodeMp3Here }: RenderParts,
): Promise<Buffer<ArrayBuffer>> {
  const legs = legsOf(call, switchboard);
  if (extension === 'txt') return Buffer.from(recordingTranscript(legs, recording));
  const { pieces, frames } = recordingAudio(legs, recording, media);
  const { buffer } =
    extension === 'mp3' ? await encodeMp3(await gather(pieces, frames), 32) : await wavFile([pieces], frames);
  return Buffer.from(buffer);
}
