import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { durationMs, pcmOf, silence } from '../../src/audio/pcm.ts';
import { WavFormatError, decodeWav, encodeWav, wavHeader, wavSamples } from '../../src/audio/wav.ts';
import { amplitudeAt } from './measure.ts';

const fixture = (name: string): Uint8Array => readFileSync(new URL(`fixtures/${name}`, import.meta.url));

/** The samples that make-fixtures.py wrote: 50 ms of 1000 Hz at half of full scale. */
const python = fixture('16-bit-16000-mono.wav');
const sine = pcmOf(Int16Array.from({ length: 800 }, (_, i) => Buffer.from(python).readInt16LE(44 + i * 2)));

describe('writing WAV', () => {
  it('writes byte for byte what Python’s wave module writes for the same samples', () => {
    expect(Buffer.from(encodeWav(sine)).equals(fixture('16-bit-16000-mono.wav'))).toBe(true);
  });

  it('interleaves several channels as Python’s wave module does', () => {
    expect(Buffer.from(encodeWav([sine, sine])).equals(fixture('16-bit-16000-stereo.wav'))).toBe(true);
  });

  it('fills up a shorter channel with silence', () => {
    const bytes = encodeWav([pcmOf(Int16Array.of(1, 2, 3)), pcmOf(Int16Array.of(9))]);
    expect([...new Int16Array(bytes.buffer, 44)]).toEqual([1, 9, 2, 0, 3, 0]);
  });

  it('streams a header and samples that together are the whole file', () => {
    const streamed = Buffer.concat([
      wavHeader(800),
      wavSamples([pcmOf(sine.samples.subarray(0, 300))]),
      wavSamples([pcmOf(sine.samples.subarray(300))]),
    ]);
    expect(streamed.equals(encodeWav(sine))).toBe(true);
  });

  it('refuses a length that a WAV file cannot say', () => {
    expect(() => wavHeader(2 ** 31)).toThrow(/at most 4 GiB/);
  });
});

describe('reading WAV', () => {
  it.each([
    '16-bit-16000-mono.wav',
    '16-bit-16000-stereo.wav',
    '8-bit-8000-mono.wav',
    '24-bit-44100-stereo.wav',
    '32-bit-48000-mono.wav',
    'float-22050-mono.wav',
  ])('reads the sine in %s at its pitch, level and length', (name) => {
    const pcm = decodeWav(fixture(name));
    expect(durationMs(pcm)).toBeCloseTo(50, 0);
    // The middle 40 ms: at its edges a resampled sound meets the silence outside.
    const middle = pcmOf(pcm.samples.slice(80, 720));
    expect(amplitudeAt(middle, 1000) / 32_767).toBeCloseTo(0.5, 2);
    expect(amplitudeAt(middle, 3000) / 32_767).toBeLessThan(0.01);
  });

  it('reads back every sample it wrote', () => {
    fc.assert(
      fc.property(fc.int16Array({ maxLength: 200 }), (samples) => {
        expect(decodeWav(encodeWav(pcmOf(samples))).samples.map((s) => Math.max(-32_767, s))).toEqual(
          samples.map((s) => Math.max(-32_767, s)),
        );
      }),
    );
  });

  it('reads what is there when the file is cut short or its length was never filled in', () => {
    const bytes = encodeWav(sine);
    expect(decodeWav(bytes.slice(0, 44 + 200)).samples).toHaveLength(100);
    const streamed = bytes.slice();
    new DataView(streamed.buffer).setUint32(40, 0xffff_ffff, true);
    expect(decodeWav(streamed).samples).toHaveLength(800);
  });

  const edited = (edit: (view: DataView) => void): Uint8Array => {
    const bytes = encodeWav(sine);
    edit(new DataView(bytes.buffer));
    return bytes;
  };

  it.each<[problem: string, bytes: Uint8Array, message: RegExp]>([
    ['nothing at all', new Uint8Array(), /does not begin with "RIFF"/],
    ['a web page', new TextEncoder().encode('<!doctype html><title>404</title>'), /does not begin with "RIFF"/],
    ['a head and nothing more', encodeWav(sine).slice(0, 12), /no fmt chunk/],
    ['no data chunk', encodeWav(sine).slice(0, 36), /no data chunk/],
    ['the data before its format', fixtureWithoutFmt(), /before any fmt chunk/],
    ['µ-law', edited((view) => view.setUint16(20, 7, true)), /format 7 with 16 bits/],
    ['12 bits', edited((view) => view.setUint16(34, 12, true)), /format 1 with 12 bits/],
    ['no channels', edited((view) => view.setUint16(22, 0, true)), /0 channels/],
    ['a rate of 1 Hz', edited((view) => view.setUint32(24, 1, true)), /declares 1 Hz/],
    ['a rate of 4 GHz', edited((view) => view.setUint32(24, 4_000_000_000, true)), /declares 4000000000 Hz/],
    ['65 535 channels', edited((view) => view.setUint16(22, 65_535, true)), /65535 channels; expected 1 to 64/],
    [
      'frames of no bytes',
      edited((view) => view.setUint16(32, 0, true)),
      /frames of 0 bytes; 1 channels of 16 bits take 2/,
    ],
    ['a WAV inside its own list', insideList(), /no fmt chunk/],
  ])('refuses %s and says why', (_, bytes, message) => {
    expect(() => decodeWav(bytes)).toThrow(WavFormatError);
    expect(() => decodeWav(bytes)).toThrow(message);
  });

  it('refuses audio longer than asked for, before decoding it', () => {
    expect(() => decodeWav(encodeWav(sine), 0.04)).toThrow(/lasts 0\.1 s; at most 0\.04 s/);
  });

  it('refuses an hour in a few megabytes by its header, without touching a sample', () => {
    const bytes = encodeWav(silence(100_000));
    const view = new DataView(bytes.buffer);
    view.setUint32(24, 1000, true);
    view.setUint16(34, 8, true);
    view.setUint16(32, 1, true);
    expect(() => decodeWav(bytes, 1800)).toThrow(/lasts 3200\.0 s; at most 1800 s/);
  });

  it('reads no more than is there, whatever the header says of its length', () => {
    const samples = edited((view) => view.setUint32(40, 0xffff_fff0, true));
    expect(decodeWav(samples).samples).toHaveLength(800);
    const skipped = edited((view) => {
      view.setUint32(36, 0x4c495354, false);
      view.setUint32(40, 0xffff_ffff, true);
    });
    expect(() => decodeWav(skipped)).toThrow(/no data chunk/);
  });

  it('answers any bytes with audio or a WavFormatError', () => {
    const start = encodeWav(sine).slice(0, 60);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat(59), (noise, at) => {
        const bytes = start.slice();
        bytes.set(noise.subarray(0, 60 - at), at);
        try {
          decodeWav(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(WavFormatError);
        }
      }),
    );
  });
});

/** A file within a LIST chunk, as far as its own chunks are wanted: what is nested is skipped. */
function insideList(): Uint8Array {
  const inner = encodeWav(sine);
  const list = Buffer.alloc(8);
  list.write('LIST', 'latin1');
  list.writeUInt32LE(inner.length, 4);
  return Buffer.concat([inner.subarray(0, 12), list, inner]);
}

function fixtureWithoutFmt(): Uint8Array {
  const bytes = encodeWav(sine);
  return Buffer.concat([bytes.subarray(0, 12), bytes.subarray(36)]);
}
