import { encodeMp3 } from '../../../audio/mp3.ts';
import { concat } from '../../../audio/pcm.ts';
import type { MediaLookup } from '../../../audio/timeline.ts';
import { encodeWav } from '../../../audio/wav.ts';
import type { Call, Recording } from '../../../engine/call.ts';
import { legsOf, recordingAudio, recordingTranscript, type LegLookup } from './recording-audio.ts';
import type { RecordingExtension } from './recording-file.ts';

/** What files are rendered from. */
export interface RenderParts {
  readonly switchboard: LegLookup;
  readonly media: MediaLookup;
}

/** Makes a file of a recording that has been stopped. */
export async function renderRecording(
  extension: RecordingExtension,
  call: Call,
  recording: Recording,
  { switchboard, media }: RenderParts,
): Promise<Buffer<ArrayBuffer>> {
  const legs = legsOf(call, switchboard);
  switch (extension) {
    case 'mp3':
      return Buffer.from(await encodeMp3(recordingAudio(legs, recording, media)));
    case 'wav':
      return Buffer.from(encodeWav(concat([...recordingAudio(legs, recording, media)])));
    case 'txt':
      return Buffer.from(recordingTranscript(legs, recording));
  }
}
