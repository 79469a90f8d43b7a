import { describe, expect, it } from 'vitest';
import { durationMs, pcmOf } from '../../src/audio/pcm.ts';
import { ringTone, ringToneCountries } from '../../src/audio/ring-tones.ts';
import { ringback } from '../../src/audio/tones.ts';
import { amplitudeAt, loudness } from './measure.ts';

// Supplement 2 to ITU-T Recommendation E.180; BT's Suppliers' Information Note 350 for the United Kingdom.
describe('the ring tone of a country', () => {
  it('is 425 Hz, one second out of six, in Sweden', () => {
    const ring = ringTone('se');
    expect(durationMs(ring)).toBe(6_000);
    expect(amplitudeAt(pcmOf(ring.samples.slice(0, 16_000)), 425)).toBeGreaterThan(6_000);
    expect(loudness(pcmOf(ring.samples.slice(16_000)))).toBe(0);
  });

  it('is a double ring of 400 and 450 Hz in the United Kingdom', () => {
    const ring = ringTone('uk');
    expect(durationMs(ring)).toBe(3_000);
    const sounds = [0, 0.7].map((from) => pcmOf(ring.samples.slice(from * 16_000, (from + 0.3) * 16_000)));
    for (const sound of sounds) {
      expect(amplitudeAt(sound, 400)).toBeGreaterThan(2_500);
      expect(amplitudeAt(sound, 450)).toBeGreaterThan(2_500);
    }
    expect(loudness(pcmOf(ring.samples.slice(0.42 * 16_000, 0.58 * 16_000)))).toBe(0);
  });

  it('is that of North America where none is known', () => {
    const northAmerican = Buffer.from(ringback().samples.buffer);
    for (const country of ['us', 'constructor']) {
      expect(Buffer.from(ringTone(country).samples.buffer).equals(northAmerican)).toBe(true);
    }
  });

  it('is known for the 39 countries that Sinch names', () => {
    expect([...ringToneCountries].toSorted().join(' ')).toBe(
      'at au be bg br ch cl cn cz de dk ee es fi fr gr hu il in it jp lt mx my nl no nz ph pl pt ru se sg th tw uk us ve za',
    );
  });
});
