import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/engine/command.ts';
import { replay } from '../engine/replay.ts';
import { byId } from '../../src/engine/keyed.ts';
import { callTo, instantMedia, type Setting, setUp, storyOf } from './exchange-under-test.ts';
import { menuProvider } from './menu-provider.ts';

function playText(operation: string, text: string): Command {
  return { type: 'play', operation, prompts: [{ kind: 'text', text }], to: 'all', repeat: 1, interrupt: false };
}

test('a call rings, is answered, plays a prompt and is hung up', async () => {
  const { give, clock, events, phones } = setUp();
  give(callTo('+12065550199'));
  expect(phones.phone('+12065550199').state).toBe('ringing');
  await clock.advance(1000);
  give(playText('greeting', 'Hello, world'));
  await clock.advance(5000);
  give({ type: 'end-call', cause: 'dropped' });
  expect(storyOf(events)).toEqual([
    '0 s call-opened',
    '0 s leg-invited a',
    '1 s leg-answered a',
    '1 s play-requested greeting',
    '1 s play-started greeting',
    '1 s play-round greeting',
    '1.6 s play-completed greeting',
    '6 s leg-ended a dropped',
    '6 s call-ended dropped',
  ]);
  expect(phones.phone('+12065550199').state).toBe('idle');
});

describe('a menu', () => {
  test('with a wrong key, then the right one', async () => {
    const { give, clock, events, switchboard } = setUp({ providers: [menuProvider] });
    give(callTo('+12065550133'));
    await clock.advance(60_000);
    expect(storyOf(events)).toEqual([
      '0 s call-opened',
      '0 s leg-invited a',
      '1 s leg-answered a',
      '1 s collect-started a question-1',
      '1 s play-requested id-1',
      '1 s play-started id-1',
      '1 s play-round id-1',
      '2.3 s play-completed id-1',
      '2.3 s collect-listening question-1',
      '2.8 s tones-pressed a 9',
      '2.8 s collect-input question-1 9',
      '2.8 s collect-failed question-1 no-match 9',
      '2.8 s collect-started a question-2',
      '2.8 s play-requested id-2',
      '2.8 s play-started id-2',
      '2.8 s play-round id-2',
      '4.1 s play-completed id-2',
      '4.1 s collect-listening question-2',
      '4.6 s tones-pressed a 1',
      '4.6 s collect-input question-2 1',
      '4.6 s collect-completed question-2',
      '4.6 s play-requested goodbye',
      '4.6 s play-started goodbye',
      '4.6 s play-round goodbye',
      '5.25 s play-completed goodbye',
      '5.25 s leg-ended a dropped',
      '5.25 s call-ended dropped',
    ]);
    expect(switchboard.call('call')).toEqual(replay(switchboard.history('call')));
  });

  test.each([
    ['+12065550130', 'You chose yes'],
    ['+12065550131', 'You chose no'],
    ['+12065550134', 'You chose yes'],
    ['+12065550135', 'You chose yes'],
    ['+12065550140', 'You chose yes'],
    ['+12065550141', 'You chose no'],
    ['+12065550142', 'No answer'],
    ['+12065550110', 'No answer'],
  ])('answered by the test number %s ends with "%s"', async (number, words) => {
    const { give, clock, switchboard, problems } = setUp({ providers: [menuProvider] });
    give(callTo(number));
    await clock.advance(60_000);
    const call = switchboard.call('call');
    if (typeof call !== 'object') throw new Error('the call is not there');
    expect(byId(call.legs, 'a')?.heard.last()?.text).toBe(words);
    expect(call.endedAtMs).toBeDefined();
    expect(problems).toEqual([]);
  });

  test('with a caller who hangs up ends there', async () => {
    const { give, clock, events } = setUp({ providers: [menuProvider] });
    give(callTo('+12065550112'));
    await clock.advance(60_000);
    expect(storyOf(events).slice(-4)).toEqual([
      '2 s play-canceled id-1 call-ended',
      '2 s collect-canceled question-1 call-ended',
      '2 s leg-ended a hung-up',
      '2 s call-ended hung-up',
    ]);
  });
});

test('two people talk, one is put on hold with music, and comes back', async () => {
  const { give, clock, phones, switchboard } = setUp();
  give(callTo('+12065550198', '+12065550199'));
  await clock.advance(1000);
  phones.say('+12065550198', 'Good morning');
  await clock.advance(1000);
  give({ type: 'hold', leg: 'b', held: true });
  give({ ...playText('music', ''), prompts: [{ kind: 'music' }], to: ['b'], repeat: 'forever' } as Command);
  await clock.advance(500);
  phones.say('+12065550198', 'Nobody hears this');
  await clock.advance(19_500);
  give({ type: 'cancel-operations', operations: ['music'] });
  give({ type: 'hold', leg: 'b', held: false });
  phones.say('+12065550198', 'Back again');
  await clock.advance(1000);
  const call = switchboard.call('call');
  if (typeof call !== 'object') throw new Error('the call is not there');
  const startedAtMs = (ms: number): number => call.openedAtMs + ms;
  expect([...(byId(call.legs, 'b')?.heard ?? [])]).toMatchObject([
    { text: 'Good morning', from: 'a', startedAtMs: startedAtMs(1000) },
    { media: 'music', startedAtMs: startedAtMs(2000), durationMs: 10_000 },
    { media: 'music', startedAtMs: startedAtMs(12_000), durationMs: 10_000 },
    { text: 'Back again', from: 'a', startedAtMs: startedAtMs(22_000) },
  ]);
});

test('an answering machine greets and beeps; what is left after the beep is heard by nobody', async () => {
  const { give, clock, events, switchboard, phones } = setUp();
  expect(phones.isMachine('+1 (206) 555-0120')).toBe(true);
  give(callTo('+12065550120'));
  await clock.advance(60_000);
  const said = events.filter((event) => event.type === 'leg-said');
  expect(said.map(({ sound, text }) => sound ?? text.slice(0, 5))).toEqual(['Hello', 'beep']);
  const call = switchboard.call('call');
  if (typeof call !== 'object') throw new Error('the call is not there');
  const [greeting, beep] = byId(call.legs, 'a')?.spoken ?? [];
  expect(beep?.startedAtMs).toBe((greeting?.startedAtMs ?? 0) + (greeting?.durationMs ?? 0));
  expect(call.endedAtMs).toBe((beep?.startedAtMs ?? 0) + 400 + 30_000);
  expect(byId(call.legs, 'a')?.cause).toBe('hung-up');
});

test('the same conversation happens the same way, however long the audio takes to make', async () => {
  const run = async (delaysMs: readonly number[]): Promise<unknown> => {
    let made = 0;
    const prepareMedia: Setting['prepareMedia'] = async (prompt, wanted) => {
      await new Promise((resolve) => setTimeout(resolve, delaysMs[made++ % delaysMs.length]));
      return instantMedia(prompt, wanted);
    };
    const { give, clock, switchboard, phones } = setUp({ providers: [menuProvider], prepareMedia });
    const calls = ['0130', '0133', '0140', '0142'];
    for (const call of calls) give(callTo(`+1206555${call}`), call);
    await clock.advance(1000);
    phones.say('+12065550130', 'a long story');
    phones.say('+12065550130', 'yes');
    await clock.advance(30_000);
    return calls.map((call) => switchboard.history(call));
  };
  const slow = await run([8, 0, 3, 1]);
  expect(await run([0, 5, 0])).toEqual(slow);
  expect(await run([0])).toEqual(slow);
});

test('ten thousand calls at a time', async () => {
  const { give, clock, switchboard, problems } = setUp();
  const before = process.cpuUsage();
  const ids = Array.from({ length: 10_000 }, (_, index) => `call-${index}`);
  for (const [index, id] of ids.entries()) give(callTo(`+1303${String(index).padStart(7, '0')}`), id);
  await clock.advance(1000);
  for (const id of ids) give(playText('greeting', 'Hello'), id);
  await clock.advance(1000);
  for (const id of ids) give({ type: 'end-call', cause: 'dropped' }, id);
  const { user, system } = process.cpuUsage(before);
  expect(problems).toEqual([]);
  expect(switchboard.calls()).toHaveLength(1000);
  expect(switchboard.calls()[0]?.id).toBe('call-9999');
  expect(switchboard.call('call-0')).toBe('gone');
  // Two seconds on a small machine. Quadratic work would take minutes.
  expect((user + system) / 1e6).toBeLessThan(30);
});
