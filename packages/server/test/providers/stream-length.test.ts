import { describe, expect, test } from 'vitest';
import { timelineOf } from '../../src/audio/call-audio.ts';
import { LiveAudio } from '../../src/audio/live-audio.ts';
import { MediaStore } from '../../src/audio/media-store.ts';
import { pcmFromFloats } from '../../src/audio/pcm.ts';
import { renderRange } from '../../src/audio/timeline.ts';
import type { Call, Leg } from '../../src/engine/call.ts';
import type { Command } from '../../src/engine/command.ts';
import { audioFrames } from '../../src/providers/acs/streaming/audio-frames.ts';
import { InboundAudio } from '../../src/providers/acs/streaming/inbound-audio.ts';
import { LegVoice } from '../../src/providers/sinch/streaming/leg-voice.ts';
import { callTo, setUp } from '../switchboard/exchange-under-test.ts';

/** Frames, one every 20 ms, for 34 minutes: more than the events that a call may have. */
const frames = 102_000;
const frameMs = 20;
/** The first part of a frame; the rest is silence. */
const frame = Float32Array.from({ length: 40 }, (_, at) => Math.sin(at / 5) / 2);
const heardFrame = new Int16Array(320);
heardFrame.set(pcmFromFloats(frame).samples);

/** A call of two, a clock that a test moves by itself, and a media store that keeps a minute. */
function callOfTwo() {
  const { switchboard, give } = setUp();
  give(callTo('+12065550171', '+12065550172'));
  for (const leg of ['a', 'b']) give({ type: 'answer', leg });
  const store = new MediaStore({ maxSeconds: 60 });
  let puts = 0;
  const live = new LiveAudio({
    put: (pcm, description) => {
      puts += 1;
      return store.put(pcm, description);
    },
    get: (id) => store.get(id),
  });
  let nowMs = Date.UTC(2026, 0, 1);
  const commands: Command[] = [];
  const call = (): Call => {
    const found = switchboard.call('call');
    if (typeof found !== 'object') throw new Error('the call is gone');
    return found;
  };
  const legOf = (id: string): Leg => call().legs.get(id) as Leg;
  return {
    call,
    legOf,
    live,
    store,
    puts: () => puts,
    commands,
    clock: { now: () => nowMs },
    move: () => {
      nowMs += frameMs;
    },
    give: (command: Command) => {
      commands.push(command);
      give(command);
    },
    lookup: (id: string) => live.get(id) ?? store.get(id),
    history: () => switchboard.history('call'),
  };
}

/** What a track sounds like in the last frame that has passed. */
function lastFrame({ lookup, clock }: ReturnType<typeof callOfTwo>, track: Leg['heard']): Int16Array {
  const toMs = clock.now();
  const entries = track.during(toMs - frameMs, toMs);
  return renderRange(timelineOf(entries, toMs - frameMs), 0, frameMs, lookup).samples;
}

describe('a stream of more frames than a call may have events', () => {
  test('from an application, and back to it, is a handful of events; the call goes on and what is heard is right', () => {
    const story = callOfTwo();
    const { call, clock, live, lookup } = story;
    const before = story.history().length;
    const inbound = new InboundAudio({
      operation: 'stream',
      track: live.begin('s', 'stream'),
      sampleRate: 16_000,
      clock,
      give: story.give,
    });
    let sent = 0;
    for (let index = 0; index < frames; index++) {
      inbound.take({ kind: 'audio', samples: frame });
      story.move();
      // Every so often one that goes the other way: what it costs does not grow with what there was before.
      if (index % 1000 !== 0) continue;
      const wish = { channelType: 'mixed', sampleRate: 16_000, without: 'none' } as const;
      sent += audioFrames(call(), wish, clock.now(), lookup).length;
    }
    expect(sent).toBe(frames / 1000);
    expect(lastFrame(story, story.legOf('a').heard)).toEqual(heardFrame);
    inbound.stop();
    expect(call().endedAtMs).toBeUndefined();
    expect(
      story
        .history()
        .slice(before)
        .map(({ type }) => type),
    ).toEqual(['audio-streamed', 'streamed-audio-cut']);
    expect(story.commands).toHaveLength(2);
    // A second of it is a piece of media, and the store holds as much as it was told to.
    expect(story.puts()).toBeLessThanOrEqual((frames * frameMs) / 1000);
    expect(story.store.totalSeconds).toBeLessThanOrEqual(60);
  });

  test('from the server at the end of a leg is one event, and what the others hear is right', () => {
    const story = callOfTwo();
    const before = story.history().length;
    const voice = new LegVoice({
      clock: story.clock,
      beginTrack: () => story.live.begin('s', 'stream'),
      give: (command) => story.give(command('a')),
    });
    const piece = pcmFromFloats(frame);
    for (let index = 0; index < frames; index++) {
      voice.say(piece);
      story.move();
    }
    expect(
      story
        .history()
        .slice(before)
        .map(({ type }) => type),
    ).toEqual(['audio-streamed']);
    expect(lastFrame(story, story.legOf('b').heard)).toEqual(heardFrame);
    expect(lastFrame(story, story.legOf('a').spoken)).toEqual(heardFrame);
    expect(lastFrame(story, story.legOf('a').heard).every((sample) => sample === 0)).toBe(true);
  });
});
