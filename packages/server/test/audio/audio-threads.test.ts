import { afterAll, describe, expect, it, vi } from 'vitest';
import { AudioThreadError, createAudioThreads, type RenderedAudio } from '../../src/audio/audio-threads.ts';
import { decodeAudio } from '../../src/audio/decode.ts';
import { mediaIdOf } from '../../src/audio/media-id.ts';
import { decodeMp3, encodeMp3 } from '../../src/audio/mp3.ts';
import { type Pcm, durationMs, pcmOf, silence } from '../../src/audio/pcm.ts';
import { tone } from '../../src/audio/tones.ts';
import { encodeWav } from '../../src/audio/wav.ts';
import { Askers } from '../../src/threads/askers.ts';

const threads = createAudioThreads();
afterAll(() => threads.close());

/** Audio as it is rendered, piece by piece. */
function rendered(pieces: readonly Pcm[]): RenderedAudio {
  const each = async function* each(): AsyncGenerator<Pcm> {
    yield* pieces;
  };
  return { frames: pieces.reduce((sum, { samples }) => sum + samples.length, 0), pieces: each() };
}

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
    const mp3 = await threads.encodeMp3(rendered([tone([500], 1000)]), 32);
    expect(durationMs(await decodeMp3(mp3))).toBeGreaterThanOrEqual(1000);
    // The pieces make no difference to what is written.
    const whole = tone([500], 3000);
    const pieces = [0, 1, 2].map((at) => pcmOf(whole.samples.slice(at * 16_000, (at + 1) * 16_000)));
    expect(await threads.encodeMp3(rendered(pieces), 48)).toEqual(await encodeMp3(whole, 48));
  });

  it('ask for the pieces of an MP3 as they get to them: never more than one waits', async () => {
    let made = 0;
    let waiting = 0;
    let most = 0;
    const pieces = (async function* pieces() {
      for (; made < 20; made++) {
        waiting += 1;
        most = Math.max(most, waiting);
        yield silence(1000);
        waiting -= 1;
      }
    })();
    await threads.encodeMp3({ frames: 20 * 16_000, pieces }, 32);
    expect([made, most]).toEqual([20, 1]);
    const broken = (async function* broken() {
      yield silence(1000);
      throw new Error('nothing more can be had');
    })();
    await expect(threads.encodeMp3({ frames: 32_000, pieces: broken }, 32)).rejects.toThrow('nothing more can be had');
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
