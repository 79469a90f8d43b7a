import { describe, expect, it, vi } from 'vitest';
import { Mp3FormatError, decodeMp3, encodeMp3 } from '../../src/audio/mp3.ts';
import { durationMs, pcmOf, silence } from '../../src/audio/pcm.ts';
import { tone } from '../../src/audio/tones.ts';
import { amplitudeAt } from './measure.ts';

const oneSecond = tone([1000], 1000, 0.5);

describe('MP3', () => {
  it('writes frames of MPEG 2 layer III at 32 kbit/s and 16 kHz, mono', async () => {
    const bytes = Buffer.from(await encodeMp3(oneSecond));
    // ISO/IEC 13818-3: 11 sync bits, version 2 (10), layer III (01), no CRC; bit rate 4 (32 kbit/s), 16 kHz (10); mono (11).
    expect(bytes.readUInt16BE(0).toString(16)).toBe('fff3');
    expect((bytes[2] ?? 0) >> 2).toBe((4 << 2) | 2);
    expect((bytes[3] ?? 0) >> 6).toBe(3);
    // A frame has 576 samples: 144 bytes at this rate, and the next one begins right after.
    expect(bytes.readUInt16BE(144).toString(16)).toBe('fff3');
    expect(bytes.length / 4000).toBeCloseTo(1, 0);
  });

  it('reads back a tone at its pitch and level', async () => {
    const pcm = await decodeMp3(await encodeMp3(oneSecond, 64));
    expect(durationMs(pcm)).toBeGreaterThanOrEqual(1000);
    expect(durationMs(pcm)).toBeLessThan(1200);
    const middle = pcmOf(pcm.samples.slice(4000, 12_000));
    expect(amplitudeAt(middle, 1000) / 32_767).toBeCloseTo(0.5, 1);
  });

  it('reads past an ID3v2 tag', async () => {
    const tag = Buffer.concat([
      Buffer.from('ID3\x04\0\0\0\0\0\x14', 'latin1'),
      Buffer.from('TIT2\0\0\0\x0a\0\0\x03A title..', 'latin1'),
    ]);
    const pcm = await decodeMp3(Buffer.concat([tag, await encodeMp3(oneSecond)]));
    expect(durationMs(pcm)).toBeGreaterThanOrEqual(1000);
  });

  it('gives up a file that only makes the decoder stumble, without a word on the terminal', async () => {
    const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
    const good = Buffer.from(await encodeMp3(oneSecond));
    const damaged = Buffer.concat(
      Array.from({ length: 40 }, (_, at) => [good.subarray(0, 150 + at), Buffer.alloc(9, at)]).flat(),
    );
    await decodeMp3(damaged).catch((error: unknown) => expect(error).toBeInstanceOf(Mp3FormatError));
    expect(printed).not.toHaveBeenCalled();
    expect(console.error).toBe(printed);
    printed.mockRestore();
  });

  it('stops at the length that is allowed, far before the end of a file that sounds for hours', async () => {
    const hour = Buffer.concat(Array(120).fill(await encodeMp3(silence(5000))) as Buffer[]);
    await expect(decodeMp3(hour, 20)).rejects.toThrow('the MP3 is longer than 20 s');
  });

  it('refuses what is no MP3, and what is too long', async () => {
    await expect(decodeMp3(new Uint8Array(5000).fill(7))).rejects.toThrow(Mp3FormatError);
    await expect(decodeMp3(new Uint8Array())).rejects.toThrow('no MPEG audio was found in the 0 bytes');
    await expect(decodeMp3(await encodeMp3(silence(3000)), 2)).rejects.toThrow('the MP3 is longer than 2 s');
  });
});
