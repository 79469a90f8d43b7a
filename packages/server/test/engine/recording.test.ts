import { expect, test } from 'vitest';
import type { Command } from '../../src/engine/command.ts';
import { byId } from '../../src/engine/keyed.ts';
import { connected, fired, given, typesOf } from './given.ts';

function recording(type: 'pause-recording' | 'resume-recording' | 'stop-recording'): Command {
  return { type, recording: 'r' };
}

const start: Command = { type: 'start-recording', recording: 'r', details: { format: 'wav' }, paused: false };

test('a recording keeps which stretches of the call were recorded', () => {
  const story = given(...connected('a'))
    .at(100)
    .and(start)
    .at(500)
    .and(recording('pause-recording'))
    .at(900)
    .and(recording('resume-recording'))
    .at(1400)
    .and(recording('stop-recording'));
  expect(JSON.parse(JSON.stringify(byId(story.call.recordings, 'r')))).toEqual({
    id: 'r',
    state: 'stopped',
    details: { format: 'wav' },
    stretches: [
      { fromMs: 100, toMs: 500 },
      { fromMs: 900, toMs: 1400 },
    ],
  });
});

test('a recording that starts paused records nothing until it is resumed', () => {
  const story = given(...connected('a')).and({ ...start, paused: true });
  expect(byId(story.call.recordings, 'r')).toMatchObject({ state: 'paused' });
  expect(byId(story.call.recordings, 'r')).toHaveProperty('stretches.length', 0);
  expect(byId(story.at(300).and(recording('resume-recording')).call.recordings, 'r')?.stretches.toJSON()).toEqual([
    { fromMs: 300 },
  ]);
});

test('a recording can only be paused while it records, resumed while it pauses, stopped once', () => {
  const story = given(...connected('a'));
  expect(story.refusalOf(recording('pause-recording'))).toMatchObject({ refused: 'recording-not-found' });
  story.and(start);
  expect(story.refusalOf(start)).toMatchObject({ refused: 'duplicate-id' });
  expect(story.refusalOf(recording('resume-recording'))).toMatchObject({ refused: 'recording-state' });
  story.and(recording('stop-recording'));
  for (const type of ['pause-recording', 'resume-recording', 'stop-recording'] as const) {
    expect(story.refusalOf(recording(type))).toMatchObject({ refused: 'recording-state' });
  }
});

test('a recording is stopped before the last leg ends', () => {
  const story = given(...connected('a'))
    .and(start)
    .at(700);
  expect(story.when({ type: 'end-leg', leg: 'a', cause: 'hung-up' })).toEqual([
    { type: 'recording-stopped', recording: 'r', why: 'call-ended' },
    { type: 'leg-ended', leg: 'a', cause: 'hung-up' },
    { type: 'call-ended', cause: 'hung-up' },
  ]);
});

test("a provider's timer fires with its name and data, unless it is cleared; setting it again replaces it", () => {
  const set = { type: 'set-timer', timer: 't', afterMs: 1000, name: 'park', data: 7 } as const;
  const story = given(...connected('a')).and(set);
  const purpose = { kind: 'provider', name: 'park', data: 7 };
  expect(story.at(200).when(set)).toEqual([
    { type: 'timer-cleared', timer: 't' },
    { type: 'timer-set', timer: { id: 't', dueAtMs: 1200, purpose } },
  ]);
  expect(story.when(fired('t'))).toEqual([{ type: 'timer-fired', timer: 't', purpose }]);
  expect(story.when({ type: 'clear-timer', timer: 't' })).toEqual([{ type: 'timer-cleared', timer: 't' }]);
  story.and({ type: 'clear-timer', timer: 't' });
  expect(story.when(fired('t'))).toEqual([]);
  expect(story.when({ type: 'clear-timer', timer: 't' })).toEqual([]);
});

test("a provider's notes and the answers to its callbacks become events", () => {
  const story = given(...connected('a'));
  expect(story.when({ type: 'note', name: 'parked', data: { by: 'x' } })).toEqual([
    { type: 'noted', name: 'parked', data: { by: 'x' } },
  ]);
  const outcome = { answered: true, status: 200, body: '{}' } as const;
  expect(typesOf(story.when({ type: 'callback-answered', callback: 'c', outcome }))).toEqual(['callback-answered']);
});
