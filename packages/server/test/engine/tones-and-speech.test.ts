import { describe, expect, test } from 'vitest';
import { byId } from '../../src/engine/keyed.ts';
import { connected, fired, given, press, ready, said, typesOf } from './given.ts';

describe('watching tones', () => {
  test('reports every key, counted, until it is stopped', () => {
    const story = given(...connected('a', 'b'))
      .and({ type: 'watch-tones', operation: 'w', leg: 'a' })
      .and(press('1'))
      .and(press('5', 'b'));
    expect(story.when(press('2#'))).toEqual([
      { type: 'tones-pressed', leg: 'a', tones: '2#' },
      { type: 'tone-watch-heard', operation: 'w', tone: '2', count: 2 },
      { type: 'tone-watch-heard', operation: 'w', tone: '#', count: 3 },
    ]);
    expect(story.when({ type: 'cancel-operations', operations: ['w'] })).toEqual([
      { type: 'tone-watch-stopped', operation: 'w', why: 'requested' },
    ]);
    expect(typesOf(story.and({ type: 'cancel-operations', operations: ['w'] }).when(press('3')))).toEqual([
      'tones-pressed',
    ]);
  });

  test('stops before its leg ends', () => {
    const story = given(...connected('a', 'b')).and({ type: 'watch-tones', operation: 'w', leg: 'a' });
    expect(typesOf(story.when({ type: 'end-leg', leg: 'a', cause: 'hung-up' }))).toEqual([
      'tone-watch-stopped',
      'leg-ended',
    ]);
  });
});

describe('sending tones', () => {
  const sending = () =>
    given(...connected('a', 'b')).and({ type: 'send-tones', operation: 's', leg: 'a', tones: '12' });

  test('lets one party hear them; they are sent when they have sounded', () => {
    expect(given(...connected('a')).when({ type: 'send-tones', operation: 's', leg: 'a', tones: '12' })).toEqual([
      { type: 'tones-requested', operation: 's', leg: 'a', tones: '12' },
      { type: 'media-wanted', operation: 's', index: 0, prompt: { kind: 'tones', tones: '12' } },
    ]);
    const story = sending().at(50).and(ready('s', 400));
    expect([...(byId(story.call.legs, 'a')?.heard ?? [])]).toEqual([
      { media: 's-0', startedAtMs: 50, durationMs: 400, operation: 's', text: '12' },
    ]);
    expect([...(byId(story.call.legs, 'b')?.heard ?? [])]).toEqual([]);
    expect(story.at(450).when(fired('tones-end:s'))).toEqual([
      { type: 'timer-fired', timer: 'tones-end:s', purpose: { kind: 'tones-end', operation: 's' } },
      { type: 'tones-sent', operation: 's', leg: 'a', tones: '12' },
    ]);
  });

  test('fails when they cannot be made, are cancelled, or the party leaves', () => {
    expect(
      sending().when({ type: 'media-failed', operation: 's', index: 0, reason: 'synthesis', detail: 'why' }),
    ).toEqual([{ type: 'tones-failed', operation: 's', leg: 'a', reason: 'synthesis', detail: 'why' }]);
    const sounding = sending().and(ready('s', 400)).at(100);
    expect(sounding.when({ type: 'cancel-operations', operations: 'all' })).toMatchObject([
      { type: 'timer-cleared', timer: 'tones-end:s' },
      { type: 'tones-failed', reason: 'requested' },
    ]);
    expect(sounding.when({ type: 'end-leg', leg: 'a', cause: 'hung-up' })).toMatchObject([
      { type: 'timer-cleared' },
      { type: 'tones-failed', reason: 'call-ended' },
      { type: 'leg-ended' },
    ]);
    expect([
      ...(byId(sounding.and({ type: 'cancel-operations', operations: 'all' }).call.legs, 'a')?.heard ?? []),
    ]).toMatchObject([{ stoppedAtMs: 100 }]);
  });
});

describe('what a party says', () => {
  test('is synthesized, then heard by everybody else', () => {
    const story = given(...connected('a', 'b', 'c'));
    expect(story.when({ type: 'say', leg: 'a', text: 'hello' })).toEqual([
      { type: 'speech-wanted', leg: 'a', text: 'hello' },
    ]);
    story.at(70).and(said('hello', 600));
    const entry = { media: 'speech-hello', startedAtMs: 70, durationMs: 600, text: 'hello' };
    expect([...(byId(story.call.legs, 'a')?.spoken ?? [])]).toEqual([entry]);
    expect([...(byId(story.call.legs, 'a')?.heard ?? [])]).toEqual([]);
    expect([...(byId(story.call.legs, 'b')?.heard ?? [])]).toEqual([{ ...entry, from: 'a' }]);
    expect([...(byId(story.call.legs, 'c')?.heard ?? [])]).toEqual([{ ...entry, from: 'a' }]);
  });

  test('follows what it is still saying', () => {
    const story = given(...connected('a'))
      .and(said('one', 600))
      .at(100)
      .and(said('two', 600));
    expect(byId(story.call.legs, 'a')?.spoken.map(({ startedAtMs }) => startedAtMs)).toEqual([0, 600]);
  });

  test.each([
    ['the speaker is muted', { type: 'mute', leg: 'a', muted: true }],
    ['the speaker is held', { type: 'hold', leg: 'a', held: true }],
    ['the hearer is held', { type: 'hold', leg: 'b', held: true }],
  ] as const)('is not heard when %s', (_, command) => {
    const story = given(...connected('a', 'b'))
      .and(command)
      .and(said('hello'));
    expect(byId(story.call.legs, 'a')?.spoken).toHaveLength(1);
    expect([...(byId(story.call.legs, 'b')?.heard ?? [])]).toEqual([]);
  });

  test.each([
    ['the speaker is muted', { type: 'mute', leg: 'a', muted: true }],
    ['the speaker is held', { type: 'hold', leg: 'a', held: true }],
    ['the hearer is held', { type: 'hold', leg: 'b', held: true }],
    ['the speaker leaves', { type: 'end-leg', leg: 'a', cause: 'hung-up' }],
    ['the speaker falls silent', { type: 'stop-speaking', leg: 'a' }],
  ] as const)('is cut off when %s in the middle of it', (_, command) => {
    const story = given(...connected('a', 'b'))
      .and(said('hello', 1000))
      .at(250)
      .and(command);
    expect([...(byId(story.call.legs, 'b')?.heard ?? [])]).toMatchObject([{ startedAtMs: 0, stoppedAtMs: 250 }]);
  });

  test('when it falls silent, what it was yet to say is not said, and the next begins at once', () => {
    const story = given(...connected('a', 'b'))
      .and(said('one', 1000))
      .and(said('two', 1000))
      .at(400)
      .and({ type: 'stop-speaking', leg: 'a' })
      .and(said('three', 300));
    expect(story.when({ type: 'stop-speaking', leg: 'b' })).toEqual([{ type: 'leg-silenced', leg: 'b' }]);
    expect(byId(story.call.legs, 'b')?.heard.map(({ text, startedAtMs }) => [text, startedAtMs])).toEqual([
      ['one', 0],
      ['three', 400],
    ]);
  });

  test('comes to nothing when the party has left, and is noted when it cannot be synthesized', () => {
    const story = given(...connected('a', 'b'));
    const failed = { type: 'speech-failed', leg: 'a', text: 'x', reason: 'synthesis', detail: 'why' } as const;
    expect(story.when(failed)).toEqual([failed]);
    story.and({ type: 'end-leg', leg: 'a', cause: 'hung-up' });
    expect(story.when(said('hello'))).toEqual([]);
    expect(story.when(failed)).toEqual([]);
  });
});
