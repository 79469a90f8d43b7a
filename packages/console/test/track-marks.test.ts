import type { CallView } from '@countersign/server/control/views/call-view';
import { describe, expect, it } from 'vitest';
import { legMarks, recordingMarks } from '../src/calls/track-marks.ts';

type Entry = CallView['audio'][number]['heard'][number];

const hello: Entry = { media: 'a', startedAtMs: 10_000, durationMs: 2000, text: 'Hello.', operation: 'play 1' };
const question: Entry = { media: 'b', startedAtMs: 16_000, durationMs: 3000, text: 'Who?', operation: 'play 2' };
const voice: Entry = {
  media: 'live-1',
  startedAtMs: 12_000,
  durationMs: 0,
  live: true,
  stoppedAtMs: 17_000,
  operation: 'm',
};

/** Two parties; the application speaks to both, and the first speaks into its microphone. */
const call = {
  legs: [
    { number: 1, party: { kind: 'phone', number: '+1' } },
    { number: 2, party: { kind: 'phone', number: '+2' } },
  ],
  audio: [
    { leg: 1, heard: [hello, question], spoken: [voice] },
    { leg: 2, heard: [hello, { ...voice, from: 'leg-1' }, question], spoken: [] },
  ],
} as unknown as CallView;

describe('the words of a track', () => {
  it('stand where they sound on a leg, and end where they were cut off, or with the leg', () => {
    const entries = [{ ...hello, stoppedAtMs: 11_000 }, { ...voice, stoppedAtMs: undefined } as unknown as Entry];
    expect(legMarks(entries, 9000, 15_000)).toEqual([
      { atMs: 1000, durationMs: 1000, text: 'Hello.' },
      { atMs: 3000, durationMs: 3000, text: 'live audio: a microphone or a stream' },
    ]);
  });

  it('of a recording are those of each voice once, without what was paused', () => {
    const stretches = [
      { fromMs: 11_000, toMs: 13_000 },
      { fromMs: 16_500, toMs: 20_000 },
    ];
    expect(recordingMarks(call, { stretches })).toEqual([
      { atMs: 0, durationMs: 1000, text: 'Hello.', who: 'application' },
      { atMs: 1000, durationMs: 1000, text: 'live audio: a microphone or a stream', who: '+1' },
      { atMs: 2000, durationMs: 500, text: 'live audio: a microphone or a stream', who: '+1' },
      { atMs: 2000, durationMs: 2500, text: 'Who?', who: 'application' },
    ]);
  });
});
