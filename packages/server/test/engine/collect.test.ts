import { describe, expect, test } from 'vitest';
import type { CallFact, CollectResult } from '../../src/engine/event.ts';
import { byId } from '../../src/engine/keyed.ts';
import { collect, connected, fired, given, hello, play, press, ready, said, typesOf } from './given.ts';

const dtmf = { dtmf: { maxTones: 4, stopTones: '#', interToneMs: 2000 } };
const menu = {
  choices: [
    { label: 'sales', tone: '1', phrases: ['sales', 'buy something'] },
    { label: 'support', tone: '2', phrases: ["I'm in trouble"] },
  ],
};

function completed(result: CollectResult): CallFact {
  return { type: 'collect-completed', operation: 'c', result };
}

describe('collecting keys', () => {
  test('listens at once when there is no prompt, and gives up after the initial silence', () => {
    const story = given(...connected('a'));
    expect(story.when(collect('c', dtmf))).toMatchObject([
      { type: 'collect-started', operation: 'c', leg: 'a' },
      { type: 'collect-listening', operation: 'c' },
      { type: 'timer-set', timer: { id: 'collect-silence:c', dueAtMs: 5000 } },
    ]);
    expect(story.and(collect('c', dtmf)).at(5000).when(fired('collect-silence:c'))).toMatchObject([
      { type: 'timer-fired' },
      { type: 'collect-failed', operation: 'c', reason: 'initial-silence', tones: '', speech: '' },
    ]);
  });

  test('ends with the last key that is wanted', () => {
    const story = given(...connected('a'))
      .and(collect('c', dtmf))
      .and(press('123'));
    expect(story.when(press('45'))).toEqual([
      { type: 'tones-pressed', leg: 'a', tones: '45' },
      { type: 'collect-input', operation: 'c', tones: '4' },
      { type: 'timer-cleared', timer: 'collect-inter-tone:c' },
      completed({ kind: 'tones', tones: '1234', ended: 'max-tones' }),
    ]);
  });

  test('ends with a stop tone, which is not part of the input', () => {
    const story = given(...connected('a'))
      .and(collect('c', dtmf))
      .and(press('12'));
    expect(story.when(press('#')).at(-1)).toEqual(
      completed({ kind: 'tones', tones: '12', ended: 'stop-tone', stopTone: '#' }),
    );
    expect(
      given(...connected('a'))
        .and(collect('c', dtmf))
        .when(press('#'))
        .at(-1),
    ).toEqual(completed({ kind: 'tones', tones: '', ended: 'stop-tone', stopTone: '#' }));
  });

  test('ends when no further key comes in time; each key begins the wait again', () => {
    const story = given(...connected('a'))
      .and(collect('c', dtmf))
      .at(100)
      .and(press('1'))
      .at(1900)
      .and(press('2'));
    expect([...story.call.timers]).toMatchObject([{ id: 'collect-inter-tone:c', dueAtMs: 3900 }]);
    expect(story.call.timers.map(({ id }) => id)).toEqual(['collect-inter-tone:c']);
    expect(story.at(3900).when(fired('collect-inter-tone:c')).at(-1)).toEqual(
      completed({ kind: 'tones', tones: '12', ended: 'inter-tone' }),
    );
  });

  test('does not count what was pressed before, nor what others press', () => {
    const story = given(...connected('a', 'b'))
      .and(press('9'))
      .and(collect('c', dtmf))
      .and(press('8', 'b'));
    expect(byId(story.call.operations, 'c')).toMatchObject({ state: 'listening', tones: '' });
  });

  test('is one question at a time, unless the second interrupts the first', () => {
    const story = given(...connected('a')).and(collect('c', dtmf));
    expect(story.refusalOf(collect('d', dtmf))).toMatchObject({ refused: 'operation-conflict' });
    expect(story.when(collect('d', dtmf, { interrupt: true }))).toMatchObject([
      { type: 'timer-cleared', timer: 'collect-silence:c' },
      { type: 'collect-canceled', operation: 'c', why: 'interrupted' },
      { type: 'collect-started', operation: 'd' },
      { type: 'collect-listening', operation: 'd' },
      { type: 'timer-set' },
    ]);
  });

  test('ends before the leg that it asks', () => {
    const story = given(...connected('a', 'b')).and(collect('c', dtmf));
    expect(story.when({ type: 'end-leg', leg: 'a', cause: 'hung-up' })).toEqual([
      { type: 'timer-cleared', timer: 'collect-silence:c' },
      { type: 'collect-canceled', operation: 'c', why: 'call-ended' },
      { type: 'leg-ended', leg: 'a', cause: 'hung-up' },
    ]);
  });
});

describe('a prompt', () => {
  const asked = () => given(...connected('a')).and(collect('c', dtmf, { prompts: [hello] }));

  test('is played to the leg before anything is listened for', () => {
    expect(given(...connected('a', 'b')).when(collect('c', dtmf, { prompts: [hello] }))).toMatchObject([
      { type: 'collect-started', operation: 'c', prompt: 'new-id' },
      { type: 'play-requested', operation: 'new-id', to: ['a'], toAll: false, repeat: 1 },
      { type: 'media-wanted', operation: 'new-id', index: 0, prompt: hello },
    ]);
    expect(typesOf(asked().and(ready('new-id')).at(1000).when(fired('play-end:new-id')))).toEqual([
      'timer-fired',
      'play-completed',
      'collect-listening',
      'timer-set',
    ]);
  });

  test('is stopped by a key that barges in, and the key counts', () => {
    const story = asked().and(ready('new-id')).at(400);
    expect(story.when(press('1'))).toMatchObject([
      { type: 'tones-pressed', tones: '1' },
      { type: 'timer-cleared', timer: 'play-end:new-id' },
      { type: 'play-canceled', operation: 'new-id', why: 'barge-in' },
      { type: 'collect-listening', operation: 'c' },
      { type: 'collect-input', operation: 'c', tones: '1' },
      { type: 'timer-set', timer: { id: 'collect-inter-tone:c' } },
    ]);
    expect([...(byId(story.and(press('1')).call.legs, 'a')?.heard ?? [])]).toMatchObject([{ stoppedAtMs: 400 }]);
  });

  test('that may not be interrupted makes keys count only after it', () => {
    const story = given(...connected('a'))
      .and(collect('c', { ...dtmf, bargeIn: false }, { prompts: [hello] }))
      .and(ready('new-id'));
    expect(typesOf(story.when(press('1')))).toEqual(['tones-pressed']);
    story.and(press('1')).at(1000).and(fired('play-end:new-id')).and(press('2'));
    expect(byId(story.call.operations, 'c')).toMatchObject({ tones: '2' });
  });

  test('waits its turn behind another play on the leg', () => {
    const story = given(...connected('a'))
      .and(play('first'))
      .and(ready('first'))
      .and(collect('c', dtmf, { prompts: [hello] }))
      .and(ready('new-id'));
    expect(byId(story.call.operations, 'new-id')).toMatchObject({ state: 'preparing' });
    expect(typesOf(story.at(1000).when(fired('play-end:first')))).toContain('play-started');
  });

  test('that cannot be had fails the collect, and says why', () => {
    const failure = { index: 0, reason: 'synthesis', detail: 'no voice' } as const;
    expect(asked().when({ type: 'media-failed', operation: 'new-id', ...failure })).toEqual([
      { type: 'play-failed', operation: 'new-id', ...failure },
      { type: 'collect-failed', operation: 'c', tones: '', speech: '', reason: 'prompt', failure },
    ]);
  });

  test.each([['c'], ['new-id']])('ends with the collect, whichever of the two is cancelled (%s)', (operation) => {
    expect(asked().when({ type: 'cancel-operations', operations: [operation] })).toEqual([
      { type: 'play-canceled', operation: 'new-id', why: 'requested' },
      { type: 'collect-canceled', operation: 'c', why: 'requested' },
    ]);
  });

  test('that is interrupted by a play takes the collect with it', () => {
    expect(typesOf(asked().when(play('urgent', { interrupt: true })))).toEqual([
      'play-canceled',
      'collect-canceled',
      'play-requested',
      'media-wanted',
    ]);
  });
});

describe('choices', () => {
  test('are made by key', () => {
    expect(
      given(...connected('a'))
        .and(collect('c', menu))
        .when(press('2'))
        .at(-1),
    ).toEqual(completed({ kind: 'choice', label: 'support', by: 'tone', recognized: '2' }));
  });

  test('a key that is none of them is no match', () => {
    expect(
      given(...connected('a'))
        .and(collect('c', menu))
        .when(press('7'))
        .at(-1),
    ).toEqual({
      type: 'collect-failed',
      operation: 'c',
      reason: 'no-match',
      tones: '7',
      speech: '',
    });
  });

  test.each([
    ['Sales.', 'sales', 'sales'],
    ['  BUY   something! ', 'sales', 'buy something'],
    ['im in trouble', 'support', "I'm in trouble"],
  ])('are made by phrase, whatever the case and punctuation: %s', (words, label, recognized) => {
    const story = given(...connected('a'))
      .and(collect('c', menu))
      .and(said(words, 800));
    expect([...story.call.timers]).toMatchObject([{ id: 'collect-end-silence:c', dueAtMs: 800 }]);
    expect(story.at(800).when(fired('collect-end-silence:c')).at(-1)).toEqual(
      completed({ kind: 'choice', label, by: 'phrase', recognized }),
    );
  });

  test('words that are none of them are no match', () => {
    const story = given(...connected('a'))
      .and(collect('c', menu))
      .and(said('the weather'))
      .at(800);
    expect(story.when(fired('collect-end-silence:c')).at(-1)).toMatchObject({
      type: 'collect-failed',
      reason: 'no-match',
      speech: 'the weather',
    });
  });
});

describe('collecting speech', () => {
  const speech = { speech: { endSilenceMs: 500 } };

  test('takes what is said until the party has been silent long enough', () => {
    const story = given(...connected('a'))
      .and(collect('c', speech))
      .at(1000)
      .and(said('I would like', 800));
    expect(story.call.timers.map(({ id }) => id)).toEqual(['collect-end-silence:c']);
    story.at(2000).and(said('a boat', 600));
    expect([...story.call.timers]).toMatchObject([{ id: 'collect-end-silence:c', dueAtMs: 3100 }]);
    expect(story.at(3100).when(fired('collect-end-silence:c')).at(-1)).toEqual(
      completed({ kind: 'speech', text: 'I would like a boat' }),
    );
  });

  test('a word stops a prompt that may be interrupted', () => {
    const story = given(...connected('a'))
      .and(collect('c', speech, { prompts: [hello] }))
      .and(ready('new-id'));
    expect(typesOf(story.when(said('stop')))).toEqual([
      'leg-said',
      'timer-cleared',
      'play-canceled',
      'collect-listening',
      'collect-input',
      'timer-set',
    ]);
  });

  test('does not hear a party that is muted, nor a beep', () => {
    const story = given(...connected('a')).and(collect('c', speech));
    expect(
      typesOf(
        story.when({
          type: 'speech-ready',
          leg: 'a',
          text: 'beep',
          media: { media: 'm', durationMs: 400 },
          sound: 'beep',
        }),
      ),
    ).toEqual(['leg-said']);
    expect(typesOf(story.and({ type: 'mute', leg: 'a', muted: true }).when(said('hello')))).toEqual(['leg-said']);
  });

  test('keys mean nothing to it', () => {
    expect(
      typesOf(
        given(...connected('a'))
          .and(collect('c', speech))
          .when(press('1')),
      ),
    ).toEqual(['tones-pressed']);
  });

  test('together with keys, whatever is complete first is the input', () => {
    const either = given(...connected('a')).and(collect('c', { ...speech, ...dtmf }));
    expect(either.when(press('1234')).at(-1)).toMatchObject({ result: { kind: 'tones', tones: '1234' } });
    either.and(said('hello', 300)).at(800);
    expect(either.when(fired('collect-end-silence:c')).at(-1)).toMatchObject({ result: { kind: 'speech' } });
  });
});
