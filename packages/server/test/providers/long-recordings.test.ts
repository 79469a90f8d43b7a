import { describe, expect, test } from 'vitest';
import type { Call, Recording } from '../../src/engine/call.ts';
import { recordingFile } from '../../src/providers/acs/recordings/recording-audio.ts';
import type { RecordingDetails } from '../../src/providers/acs/recordings/recording-details.ts';
import { renderRecording } from '../../src/providers/sinch/recordings/render-recording.ts';
import { connected, given } from '../engine/given.ts';

const hours = (count: number): number => count * 3_600_000;
const call = given(...connected('a', 'b')).call as Call;
const lasting = (ms: number): Recording =>
  ({ id: 'r', state: 'stopped', stretches: [{ fromMs: 0, toMs: ms }] }) as unknown as Recording;

/** Looks at how much is rendered, and writes MP3s that are no more than counted. */
function parts() {
  let frames = 0;
  let encoded = 0;
  return {
    frames: () => frames,
    encoded: () => encoded,
    media: () => undefined,
    switchboard: { call: () => undefined, history: (): readonly never[] => [] },
    encodeMp3: async (audio: { readonly frames: number }) => {
      frames += audio.frames;
      encoded += 1;
      return new Uint8Array(10);
    },
  };
}

describe('a recording of a day', () => {
  const details = { channelType: 'mixed', format: 'wav', channelOrder: [] } as unknown as RecordingDetails;

  test('is a WAV that is made while it is read', async () => {
    const day = lasting(hours(24));
    const files = [
      await recordingFile(call, day, details, 0, parts()),
      await recordingFile(call, lasting(hours(8)), { ...details, channelType: 'unmixed' }, 0, parts()),
      await renderRecording('wav', call, day, parts()),
    ];
    // Three channels of eight hours are as long as one of a day.
    for (const file of files) {
      if (file instanceof Uint8Array) throw new Error('it was made at once');
      expect(file.bytes).toBe(44 + 86_400 * 32_000);
      let chunks = 0;
      for await (const _ of file.chunks) if ((chunks += 1) === 3) break;
    }
  });

  test('is refused where no WAV is long enough, as a limit and not as a failure', async () => {
    const problem = /^a WAV file holds at most 4 GiB; 86400 s of 3 channels need 8294400000 bytes$/;
    const unmixed = recordingFile(call, lasting(hours(24)), { ...details, channelType: 'unmixed' }, 0, parts());
    await expect(unmixed).rejects.toMatchObject({ statusCode: 422, message: expect.stringMatching(problem) });
    await expect(renderRecording('wav', call, lasting(hours(40)), parts())).rejects.toMatchObject({ statusCode: 422 });
  });

  test('is no MP3: more than four hours are refused before anything is rendered, and what to do is said', async () => {
    const made = parts();
    const acs = (ms: number) => recordingFile(call, lasting(ms), { ...details, format: 'mp3' }, 0, made);
    const sinch = (ms: number) => renderRecording('mp3', call, lasting(ms), made);
    const problem = 'the recording lasts 86400 s; as an MP3 at most 14400 s are written, as a WAV all of it';
    await expect(acs(hours(24))).rejects.toMatchObject({ statusCode: 422, message: problem });
    await expect(sinch(hours(24))).rejects.toMatchObject({ statusCode: 422, message: problem });
    expect(made.encoded()).toBe(0);
    await acs(hours(4));
    await sinch(hours(4));
    expect(made.frames()).toBe(2 * 14_400 * 16_000);
  });
});
