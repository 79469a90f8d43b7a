import { afterAll, describe, expect, it, vi } from 'vitest';
import { AudioThreadError, createAudioThreads } from '../../src/audio/audio-threads.ts';
import { decodeAudio } from '../../src/audio/decode.ts';
import { mediaIdOf } from '../../src/audio/media-id.ts';
import { decodeMp3 } from '../../src/audio/mp3.ts';
import { durationMs, silence } from '../../src/audio/pcm.ts';
import { tone } from '../../src/audio/tones.ts';
import { encodeWav } from '../../src/audio/wav.ts';
import { Askers } from '../../src/threads/askers.ts';

const threads = createAudioThreads();
afterAll(() => threads.close());

/** A WAV at another rate: something has to be computed for every sample. */
function wavAt(rateHz: number, ms: number): Uint8Array {
  const bytes = encodeWav(tone([500], ms));
  new DataView(bytes.buffer).setUint32(24, rateHz, true);
  return bytes;
}

describe('the audio threads', () => {
  it('decode what the main thread would, under the same name', async () => {
    const bytes = wavAt(24_000, 300);
    const here = await decodeAudio(bytes, 60);
    expect(await threads.decode(bytes.slice(), 60)).toEqual(here);
    expect(here).toMatchObject({ ok: true });
    const own = await threads.decode(encodeWav(silence(250)), 60);
    expect(own.ok && own.media).toBe(mediaIdOf(silence(250)));
  });

  it('touch no sample on the main thread: the bytes move there, and the samples move back', async () => {
    const bytes = wavAt(48_000, 2000);
    const reads = vi.spyOn(DataView.prototype, 'getInt16');
    const decoded = await threads.decode(bytes, 60);
    expect(reads).not.toHaveBeenCalled();
    reads.mockRestore();
    expect(bytes.byteLength).toBe(0);
    expect(decoded.ok && decoded.samples.byteLength).toBe(decoded.ok && decoded.samples.buffer.byteLength);
  });

  it('leave alone what shares its memory with others', async () => {
    const shared = Buffer.concat([Buffer.alloc(10, 1), encodeWav(silence(100))]);
    const decoded = await threads.decode(shared.subarray(10), 60);
    expect(decoded.ok && decoded.samples.length).toBe(1600);
    expect(shared.subarray(0, 10)).toEqual(Buffer.alloc(10, 1));
  });

  it('write an MP3', async () => {
    const mp3 = await threads.encodeMp3(tone([500], 1000), 32);
    expect(durationMs(await decodeMp3(mp3))).toBeGreaterThanOrEqual(1000);
  });

  it.each([
    ['no audio', new TextEncoder().encode('<!doctype html>'), /neither WAV nor MP3/],
    ['too long', encodeWav(silence(2000)), /at most 1 s/],
    ['a broken header', encodeWav(silence(10)).slice(0, 36), /no data chunk/],
  ])('say of %s what is wrong', async (_, bytes, problem) => {
    expect(await threads.decode(bytes.slice(), 1)).toEqual({ ok: false, problem: expect.stringMatching(problem) });
  });

  it('do nothing for whom nobody waits, and nothing once they are closed', async () => {
    await expect(threads.decode(encodeWav(silence(10)), 1, new Askers())).rejects.toThrow(AudioThreadError);
    const closed = createAudioThreads();
    await closed.close();
    await expect(closed.decode(encodeWav(silence(10)), 1)).rejects.toThrow('the audio threads are closed');
  });
});
