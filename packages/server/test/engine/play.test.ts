import { describe, expect, test } from 'vitest';
import type { Call } from '../../src/engine/call.ts';
import type { Command } from '../../src/engine/command.ts';
import { decide } from '../../src/engine/decide.ts';
import { byId } from '../../src/engine/keyed.ts';
import { answered, connected, fired, given, hello, invited, opened, play, ready, typesOf } from './given.ts';

describe('a play', () => {
  test('wants the audio of each prompt and waits for all of it', () => {
    const file = { kind: 'file', uri: 'http://localhost/a.wav' } as const;
    const story = given(...connected('a'));
    expect(story.when(play('p', { prompts: [hello, file] }))).toEqual([
      {
        type: 'play-requested',
        operation: 'p',
        prompts: [hello, file],
        to: ['a'],
        toAll: true,
        repeat: 1,
      },
      { type: 'media-wanted', operation: 'p', index: 0, prompt: hello },
      { type: 'media-wanted', operation: 'p', index: 1, prompt: file },
    ]);
    story.and(play('p', { prompts: [hello, file] }));
    expect(story.when(ready('p', 500, 1))).toMatchObject([{ type: 'media-prepared', index: 1 }]);
    expect(typesOf(story.and(ready('p', 500, 1)).when(ready('p', 1000, 0)))).toEqual([
      'media-prepared',
      'play-started',
      'play-round',
      'timer-set',
    ]);
  });

  test('is heard prompt after prompt and is complete when the last has ended', () => {
    const story = given(...connected('a'))
      .and(play('p', { prompts: [hello, hello] }))
      .and(ready('p', 1000, 0))
      .at(200)
      .and(ready('p', 500, 1));
    expect([...(byId(story.call.legs, 'a')?.heard ?? [])]).toEqual([
      { media: 'p-0', startedAtMs: 200, durationMs: 1000, operation: 'p', text: 'hello' },
      { media: 'p-1', startedAtMs: 1200, durationMs: 500, operation: 'p', text: 'hello' },
    ]);
    expect(byId(story.call.timers, 'play-end:p')?.dueAtMs).toBe(1700);
    expect(story.at(1700).when(fired('play-end:p'))).toEqual([
      { type: 'timer-fired', timer: 'play-end:p', purpose: { kind: 'play-end', operation: 'p' } },
      { type: 'play-completed', operation: 'p' },
    ]);
  });

  test('is repeated as often as asked; it starts once and completes once', () => {
    const story = given(...connected('a'))
      .and(play('p', { repeat: 3 }))
      .and(ready('p'));
    const second = story.at(1000).when(fired('play-end:p'));
    expect(typesOf(second)).toEqual(['timer-fired', 'play-round', 'timer-set']);
    story.and(fired('play-end:p')).at(2000).and(fired('play-end:p'));
    expect(byId(story.call.legs, 'a')?.heard.map(({ startedAtMs }) => startedAtMs)).toEqual([0, 1000, 2000]);
    expect(typesOf(story.at(3000).when(fired('play-end:p')))).toEqual(['timer-fired', 'play-completed']);
  });

  test('for ever goes on until it is cancelled, and is cut there', () => {
    const story = given(...connected('a'))
      .and(play('p', { repeat: 'forever' }))
      .and(ready('p'));
    for (let ms = 1000; ms <= 10_000; ms += 1000) story.at(ms).and(fired('play-end:p'));
    expect(story.at(10_250).when({ type: 'cancel-operations', operations: ['p'] })).toEqual([
      { type: 'timer-cleared', timer: 'play-end:p' },
      { type: 'play-canceled', operation: 'p', why: 'requested' },
    ]);
    story.and({ type: 'cancel-operations', operations: 'all' });
    expect(byId(story.call.legs, 'a')?.heard.last()).toMatchObject({ startedAtMs: 10_000, stoppedAtMs: 10_250 });
  });

  test('that is cancelled takes away what had not begun to sound', () => {
    const story = given(...connected('a'))
      .and(play('p', { prompts: [hello, hello] }))
      .and(ready('p', 1000, 0))
      .and(ready('p', 1000, 1))
      .at(400)
      .and({ type: 'cancel-operations', operations: 'all' });
    expect([...(byId(story.call.legs, 'a')?.heard ?? [])]).toEqual([
      { media: 'p-0', startedAtMs: 0, durationMs: 1000, operation: 'p', text: 'hello', stoppedAtMs: 400 },
    ]);
  });

  test.each([[1], ['forever']] as const)('without any sound, repeat %s, starts and completes at once', (repeat) => {
    const story = given(...connected('a')).and(play('p', { repeat }));
    expect(typesOf(story.when(ready('p', 0)))).toEqual([
      'media-prepared',
      'play-started',
      'play-round',
      'play-completed',
    ]);
    expect(typesOf(story.when(play('none', { prompts: [], repeat, to: ['a'], interrupt: true })))).toEqual([
      'play-canceled',
      'play-requested',
      'play-started',
      'play-round',
      'play-completed',
    ]);
  });

  test('whose audio cannot be had fails, saying which prompt and why', () => {
    const story = given(...connected('a')).and(play('p', { prompts: [hello, hello] }));
    const failed = { operation: 'p', index: 1, reason: 'download', detail: 'status 404' } as const;
    expect(story.when({ type: 'media-failed', ...failed })).toEqual([{ type: 'play-failed', ...failed }]);
    expect(story.and({ type: 'media-failed', ...failed }).when(ready('p'))).toEqual([]);
  });

  test.each([
    ['to nobody', play('p', { to: [] }), 'leg-not-found'],
    ['to a leg that is unknown', play('p', { to: ['x'] }), 'leg-not-found'],
    ['to a leg that rings', play('p', { to: ['b'] }), 'leg-not-connected'],
    ['under an id that is taken', play('taken'), 'duplicate-id'],
  ])('%s is refused', (_, command, refused) => {
    const story = given(opened, invited('a'), invited('b'), answered('a')).and(play('taken'));
    expect(story.refusalOf(command)).toMatchObject({ refused });
  });

  test('to all is refused while nobody is connected', () => {
    expect(given(opened, invited('a')).refusalOf(play('p'))).toMatchObject({ refused: 'call-not-connected' });
  });
});

describe('several plays', () => {
  test('on the same leg follow each other in the order in which they were asked for', () => {
    const story = given(...connected('a'))
      .and(play('first'))
      .and(play('second'))
      .and(ready('second', 700));
    expect(byId(story.call.operations, 'second')).toMatchObject({ state: 'preparing' });
    expect(typesOf(story.and(ready('first')).at(1000).when(fired('play-end:first')))).toEqual([
      'timer-fired',
      'play-completed',
      'play-started',
      'play-round',
      'timer-set',
    ]);
  });

  test('on different legs do not wait for each other', () => {
    const story = given(...connected('a', 'b'))
      .and(play('to a', { to: ['a'] }))
      .and(ready('to a'))
      .and(play('to b', { to: ['b'] }));
    expect(typesOf(story.when(ready('to b')))).toContain('play-started');
  });

  test('the next one starts when the one before fails or is cancelled', () => {
    const story = given(...connected('a'))
      .and(play('first'))
      .and(play('second'))
      .and(ready('second'));
    expect(
      typesOf(story.when({ type: 'media-failed', operation: 'first', index: 0, reason: 'download', detail: '' })),
    ).toEqual(['play-failed', 'play-started', 'play-round', 'timer-set']);
    expect(typesOf(story.when({ type: 'cancel-operations', operations: ['first'] }))).toEqual([
      'play-canceled',
      'play-started',
      'play-round',
      'timer-set',
    ]);
  });

  test('one that interrupts cancels those that its legs hear, waiting ones too, and no others', () => {
    const story = given(...connected('a', 'b'))
      .and(play('now', { to: ['a'] }))
      .and(ready('now'))
      .and(play('next', { to: ['a'] }))
      .and(play('elsewhere', { to: ['b'] }));
    expect(story.at(100).when(play('urgent', { to: ['a'], interrupt: true }))).toMatchObject([
      { type: 'timer-cleared', timer: 'play-end:now' },
      { type: 'play-canceled', operation: 'now', why: 'interrupted' },
      { type: 'play-canceled', operation: 'next', why: 'interrupted' },
      { type: 'play-requested', operation: 'urgent' },
      { type: 'media-wanted', operation: 'urgent' },
    ]);
  });
});

describe('who hears a play', () => {
  test('to all: those who are there when a round begins', () => {
    const story = given(opened, invited('a'), invited('b'), answered('a'))
      .and(play('p', { repeat: 'forever' }))
      .and(ready('p'))
      .at(500)
      .and({ type: 'answer', leg: 'b' });
    expect([...(byId(story.call.legs, 'b')?.heard ?? [])]).toEqual([]);
    expect([...(byId(story.at(1000).and(fired('play-end:p')).call.legs, 'b')?.heard ?? [])]).toMatchObject([
      { startedAtMs: 1000 },
    ]);
  });

  test('a held leg hears what is played to it by name, but nothing that is played to all', () => {
    const story = given(...connected('a', 'b'))
      .and(play('to all'))
      .and(ready('to all'))
      .at(300)
      .and({ type: 'hold', leg: 'b', held: true });
    expect([...(byId(story.call.legs, 'b')?.heard ?? [])]).toMatchObject([{ startedAtMs: 0, stoppedAtMs: 300 }]);
    expect(byId(story.call.legs, 'a')?.heard.get(0)?.stoppedAtMs).toBeUndefined();
    story.and(play('music', { to: ['b'], repeat: 'forever' })).and(ready('music'));
    expect(byId(story.call.legs, 'b')?.heard.get(1)).toMatchObject({ media: 'music-0', startedAtMs: 300 });
    // The music that only the held leg hears does not hold up what is played to the others.
    const after = story.at(1000).and(fired('play-end:to all')).and(play('more'));
    expect(typesOf(after.when(ready('more')))).toContain('play-started');
  });

  test('a leg that leaves is cut off; the others hear on', () => {
    const story = given(...connected('a', 'b'))
      .and(play('p'))
      .and(ready('p'))
      .at(600);
    expect(typesOf(story.when({ type: 'end-leg', leg: 'a', cause: 'hung-up' }))).toEqual(['leg-ended']);
    story.and({ type: 'end-leg', leg: 'a', cause: 'hung-up' });
    expect([...(byId(story.call.legs, 'a')?.heard ?? [])]).toMatchObject([{ stoppedAtMs: 600 }]);
    expect(byId(story.call.legs, 'b')?.heard.get(0)?.stoppedAtMs).toBeUndefined();
  });

  test('when the last of those it is for leaves, it is cancelled before the leg ends', () => {
    const story = given(...connected('a', 'b'))
      .and(play('p', { to: ['a'] }))
      .and(ready('p'));
    expect(story.when({ type: 'end-leg', leg: 'a', cause: 'hung-up' })).toEqual([
      { type: 'timer-cleared', timer: 'play-end:p' },
      { type: 'play-canceled', operation: 'p', why: 'call-ended' },
      { type: 'leg-ended', leg: 'a', cause: 'hung-up' },
    ]);
  });
});

describe('cancelling operations', () => {
  test('leaves those alone that are done, and refuses those that never were', () => {
    const story = given(...connected('a'))
      .and(play('p'))
      .and({ type: 'cancel-operations', operations: ['p'] });
    expect(story.when({ type: 'cancel-operations', operations: ['p'] })).toEqual([]);
    expect(story.refusalOf({ type: 'cancel-operations', operations: ['x'] })).toMatchObject({
      refused: 'operation-not-found',
    });
    expect(story.when({ type: 'cancel-operations', operations: 'all' })).toEqual([]);
  });
});

test('a thousand plays that wait for each other are played in turn, each without a look at the others', () => {
  // Cubic work would take this far beyond the time that a test has.
  let call: Call = given(...connected('a', 'b')).call;
  const give = (atMs: number, command: Command): void => {
    const decided = decide(call, [command], { id: 'call', atMs, newId: () => 'new-id' });
    call = ('refused' in decided ? undefined : decided.at(-1)?.call) ?? call;
  };
  const ids = Array.from({ length: 1000 }, (_, index) => `play-${index}`);
  for (const id of ids) {
    give(0, play(id, { to: ['a'] }));
    give(0, ready(id));
  }
  for (const [index, id] of ids.entries()) give((index + 1) * 1000, fired(`play-end:${id}`));
  expect(byId(call.legs, 'a')?.heard.map(({ startedAtMs }) => startedAtMs)).toEqual(ids.map((_, at) => at * 1000));
});
