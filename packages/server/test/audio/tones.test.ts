import { describe, expect, it, vi } from 'vitest';
import { holdMusic } from '../../src/audio/hold-music.ts';
import { durationMs, pcmOf } from '../../src/audio/pcm.ts';
import { dtmf, ringback } from '../../src/audio/tones.ts';
import { amplitudeAt, loudness } from './measure.ts';

// ITU-T Recommendation Q.23, table 1.
const ROWS = [697, 770, 852, 941];
const COLUMNS = [1209, 1336, 1477, 1633];
const KEYS = ['123A', '456B', '789C', '*0#D'];

describe('the tones of keys', () => {
  const keys = KEYS.flatMap((row, r) => [...row].map((key, c) => [key, ROWS[r] ?? 0, COLUMNS[c] ?? 0] as const));

  it.each(keys)('key %s sounds at %i and %i Hz and at no other frequency of a key', (key, row, column) => {
    const pressed = dtmf(key, 200, 0);
    for (const hz of [...ROWS, ...COLUMNS]) {
      const amplitude = amplitudeAt(pressed, hz);
      if (hz === row || hz === column) expect(amplitude).toBeGreaterThan(6000);
      else expect(amplitude).toBeLessThan(600);
    }
  });

  it('are told apart by silence', () => {
    const pressed = dtmf('1#', 100, 60);
    expect(durationMs(pressed)).toBe(320);
    expect(loudness(pcmOf(pressed.samples.slice(1600, 2560)))).toBe(0);
  });

  it('name what is no key', () => {
    expect(() => dtmf('12x')).toThrow('"x" is no key of a telephone');
  });

  it('are refused when they would sound for days, before any of them is made', () => {
    const sines = vi.spyOn(Math, 'sin');
    expect(() => dtmf('#'.repeat(1_000_000))).toThrow('1000000 keys are too many: at most 500 are sent');
    expect(sines).not.toHaveBeenCalled();
    dtmf('#'.repeat(500));
    expect(sines).toHaveBeenCalledTimes(2 * 1600);
    sines.mockRestore();
  });
});

describe('what a caller hears while waiting', () => {
  it('rings at 440 and 480 Hz for two seconds out of six', () => {
    const ring = ringback();
    expect(durationMs(ring)).toBe(6000);
    const sounding = pcmOf(ring.samples.slice(0, 32_000));
    expect(amplitudeAt(sounding, 440)).toBeGreaterThan(3000);
    expect(amplitudeAt(sounding, 480)).toBeGreaterThan(3000);
    expect(loudness(pcmOf(ring.samples.slice(32_000)))).toBe(0);
  });

  it.each(['music1', 'music2', 'music3'])('%s is audible all the way and never clips', (name) => {
    const music = holdMusic(name);
    expect(durationMs(music)).toBeGreaterThan(8000);
    expect(music.samples.reduce((loudest, sample) => Math.max(loudest, sample))).toBeLessThan(16_000);
    for (let at = 0; at + 16_000 < music.samples.length; at += 16_000) {
      expect(loudness(pcmOf(music.samples.slice(at, at + 16_000)))).toBeGreaterThan(1000);
    }
  });

  it('is music1 where the name is none, whatever objects know by that name', () => {
    for (const name of ['jazz', '__proto__', 'constructor', 'toString']) {
      expect(holdMusic(name)).toBe(holdMusic('music1'));
    }
  });

  it('music1 begins with two E, an F and a G, as the Ode to Joy does', () => {
    const note = (index: number) => pcmOf(holdMusic('music1').samples.slice(index * 6720, index * 6720 + 6000));
    const heard = [0, 1, 2, 3].map((index) =>
      [329.63, 349.23, 392].reduce((a, b) => (amplitudeAt(note(index), a) > amplitudeAt(note(index), b) ? a : b)),
    );
    expect(heard).toEqual([329.63, 329.63, 349.23, 392]);
  });
});
