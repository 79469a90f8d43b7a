import { describe, expect, it } from 'vitest';
import { LiveAudio } from '../../src/audio/live-audio.ts';
import { pcmOf } from '../../src/audio/pcm.ts';
import { bounds } from '../../src/bounded/bounds.ts';

const sound = pcmOf(new Int16Array(160).fill(7));
const most = bounds['live-tracks'].bytes + bounds['live-seconds'].bytes;

/** Live audio over a store that keeps everything, under long names. */
function live() {
  let puts = 0;
  return new LiveAudio({ put: () => `${(puts += 1)}`.padStart(200, '0'), get: () => sound });
}

describe('the live tracks of all calls', () => {
  it('hold so many seconds together: the oldest go, whosever they are', () => {
    const audio = live();
    const tracks = Array.from({ length: 12 }, (_, number) => audio.begin(`${number}`, 'stream'));
    const seconds = 1_000;
    for (let second = 0; second < seconds; second++) for (const track of tracks) track.append(second * 1000, sound);
    expect(audio.bytes).toBeLessThanOrEqual(most);
    for (const track of tracks) {
      expect([...track.pieces(0, 16_000)]).toEqual([]);
      expect([...track.pieces((seconds - 2) * 16_000, (seconds - 1) * 16_000)]).toHaveLength(1);
    }
  });

  it('are bounded by the seconds that are being filled; what is filled or heard stays', () => {
    const audio = live();
    const heard = audio.begin('heard', 'stream');
    heard.append(0, sound);
    const silent = audio.begin('silent', 'stream');
    silent.append(0, sound);
    for (let number = 0; number < 900; number++) {
      audio.begin(`${number}`, 'stream').append(0, sound);
      audio.get(heard.id);
    }
    expect(audio.bytes).toBeLessThanOrEqual(most);
    expect(audio.get(heard.id)).toBe(heard);
    expect(audio.get(silent.id)).toBeUndefined();
    // Whoever still fills it keeps nothing by that.
    const before = audio.bytes;
    silent.append(1_000, sound);
    expect([silent.bytes < 1000, audio.bytes]).toEqual([true, before]);
  });

  it('weigh little once they have ended, and go on where they were', () => {
    const audio = live();
    const tracks = Array.from({ length: 900 }, (_, number) => audio.begin(`${number}`, 'stream'));
    for (const track of tracks) {
      track.append(0, sound);
      track.end();
    }
    expect(tracks.filter(({ id }) => audio.get(id))).toHaveLength(900);
    const [track] = tracks;
    track?.append(20, sound);
    const [piece] = [...(track?.pieces(0, 16_000) ?? [])];
    expect(piece?.samples.subarray(0, 480)).toEqual(
      Int16Array.from({ length: 480 }, (_, at) => (at < 160 || at >= 320 ? 7 : 0)),
    );
  });
});
