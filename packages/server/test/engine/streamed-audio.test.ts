import { describe, expect, it } from 'vitest';
import { LiveAudio } from '../../src/audio/live-audio.ts';
import { MediaStore } from '../../src/audio/media-store.ts';
import { pcmOf } from '../../src/audio/pcm.ts';
import { timelineOf } from '../../src/audio/call-audio.ts';
import { renderTimeline } from '../../src/audio/timeline.ts';
import { playedTo } from '../../src/engine/audio.ts';
import { byId } from '../../src/engine/keyed.ts';
import { connected, given, invited, typesOf } from './given.ts';

const stream = { type: 'stream-audio', operation: 'stream', media: 'live-s' } as const;
const cut = { type: 'cut-streamed-audio', operation: 'stream' } as const;

/** When a leg hears the stream: from, until, and how far into it. */
function spans(story: ReturnType<typeof given>, leg: string): (number | undefined)[][] {
  return [...(byId(story.call.legs, leg)?.heard ?? [])].map(({ startedAtMs, stoppedAtMs, offsetMs }) => [
    startedAtMs,
    stoppedAtMs,
    offsetMs,
  ]);
}

describe('audio that is streamed into a call', () => {
  it('is one event when it begins and one when it is over', () => {
    const story = given(...connected('a', 'b'));
    expect(story.at(100).when(stream)).toEqual([
      { type: 'audio-streamed', operation: 'stream', media: 'live-s', to: ['a', 'b'] },
    ]);
    story.and(stream);
    expect(story.refusalOf(stream)).toMatchObject({ refused: 'duplicate-id' });
    expect(typesOf(story.at(900).when(cut))).toEqual(['streamed-audio-cut']);
    story.and(cut);
    expect(spans(story, 'a')).toEqual([[100, 900, 0]]);
    expect(story.when(cut)).toEqual([]);
  });

  it('is heard by whoever joins later from then on, and not by those who are held or gone', () => {
    const story = given(...connected('a', 'b'), invited('c'))
      .at(100)
      .and(stream);
    story.at(300).and({ type: 'answer', leg: 'c' });
    story.at(400).and({ type: 'hold', leg: 'b', held: true });
    story.at(600).and({ type: 'hold', leg: 'b', held: false });
    story.at(700).and({ type: 'end-leg', leg: 'a', cause: 'hung-up' });
    story.at(1000).and(cut);
    expect(spans(story, 'a')).toEqual([[100, 700, 0]]);
    expect(spans(story, 'b')).toEqual([
      [100, 400, 0],
      [600, 1000, 500],
    ]);
    expect(spans(story, 'c')).toEqual([[300, 1000, 200]]);
    // In a recording it stands once, from its beginning to its end.
    const once = playedTo(story.call.legs);
    expect(once.map(({ startedAtMs, stoppedAtMs, offsetMs }) => [startedAtMs, stoppedAtMs, offsetMs])).toEqual([
      [100, 1000, 0],
    ]);
  });

  it('of a party is heard by the others, unless it is muted, held or gone', () => {
    const story = given(...connected('a', 'b', 'c')).and({ ...stream, from: 'a' });
    story.at(100).and({ type: 'mute', leg: 'a', muted: true });
    story.at(200).and({ type: 'mute', leg: 'a', muted: false });
    story.at(300).and({ type: 'end-leg', leg: 'a', cause: 'hung-up' });
    expect(spans(story, 'a')).toEqual([]);
    for (const leg of ['b', 'c']) {
      expect(spans(story, leg)).toEqual([
        [0, 100, 0],
        [200, 300, 200],
      ]);
    }
    expect([...(byId(story.call.legs, 'a')?.spoken ?? [])]).toMatchObject([{ startedAtMs: 0, stoppedAtMs: 300 }]);
    expect([...story.call.streams]).toEqual([]);
  });
});

describe('a live track', () => {
  const ramp = (from: number, length: number) =>
    pcmOf(Int16Array.from({ length }, (_, index) => ((from + index) % 30_000) + 1));

  it('holds every sample where it belongs, whatever pieces it came in, and silence where none came', () => {
    const live = new LiveAudio(new MediaStore());
    const track = live.begin('s', 'stream');
    for (let at = 0; at < 40_000; at += 1_234) track.append(at / 16, ramp(at, Math.min(1_234, 40_000 - at)));
    track.append(4_000, ramp(0, 160));
    const lookup = (id: string) => live.get(id);
    const heard = (fromMs: number, offsetMs: number): number[] => [
      ...renderTimeline(
        timelineOf([{ media: track.id, startedAtMs: fromMs, durationMs: 0, live: true, offsetMs }], 0),
        5_000,
        lookup,
      ).samples,
    ];
    const expected = [...ramp(0, 40_000).samples, ...Array.from({ length: 24_000 }, () => 0), ...ramp(0, 160).samples];
    expect(heard(0, 0).slice(0, 64_160)).toEqual(expected);
    // A leg that came a second later hears the same samples, and none of those before.
    expect(heard(1_000, 1_000).slice(16_000, 64_160)).toEqual(expected.slice(16_000));
    expect(
      heard(1_000, 1_000)
        .slice(0, 16_000)
        .every((sample) => sample === 0),
    ).toBe(true);
  });

  it('loses what was to sound after a cut, and goes on there', () => {
    const live = new LiveAudio(new MediaStore());
    const track = live.begin('s', 'stream');
    track.append(0, ramp(0, 48_000));
    track.cut(1_500);
    track.append(1_500, ramp(5, 10));
    const samples = [...track.pieces(0, 100_000)].flatMap((piece) => [...piece.samples]);
    expect(samples).toEqual([...ramp(0, 24_000).samples, ...ramp(5, 10).samples]);
  });

  it('is bounded by the store: what had to go is silent', () => {
    const store = new MediaStore({ maxSeconds: 5 });
    const live = new LiveAudio(store, 2);
    const track = live.begin('s', 'stream');
    for (let second = 0; second < 20; second++) track.append(second * 1000, ramp(second, 16_000));
    expect(store.totalSeconds).toBeLessThanOrEqual(5);
    expect([...track.pieces(0, 320_000)].length).toBeLessThanOrEqual(5);
    live.begin('t', 'stream');
    live.begin('u', 'stream');
    expect(live.get(track.id)).toBeUndefined();
  });
});
