import { describe, expect, test } from 'vitest';
import type { Leg } from '../../src/engine/call.ts';
import type { Command } from '../../src/engine/command.ts';
import { byId } from '../../src/engine/keyed.ts';
import type { DialNumber } from '../../src/phones/phone-book.ts';
import type { Switchboard } from '../../src/contract/switchboard.ts';
import type { PhoneScript } from '../../src/phones/script.ts';
import { callTo, setUp, storyOf } from '../switchboard/exchange-under-test.ts';

const ALICE = '+12065550198';
const BOB = '+12065550199';

function play(operation: string, more: Partial<Extract<Command, { type: 'play' }>> = {}): Command {
  return {
    type: 'play',
    operation,
    prompts: [{ kind: 'text', text: 'twenty letters, 1 s.' }],
    to: 'all',
    repeat: 1,
    interrupt: false,
    ...more,
  };
}

describe('scripts', () => {
  test("a number's own script goes before the test number that it is, and before the default", async () => {
    const { phones, give, clock } = setUp({ phones: { scripts: { '+1 206 555 0101': { pickUp: 'manual' } } } });
    expect(phones.script('+12065550101')).toEqual({ pickUp: 'manual' });
    phones.clearScript('+12065550101');
    expect(phones.script('+12065550101')).toEqual({ pickUp: 'busy' });
    phones.setScript(ALICE, { pickUp: 'answer', afterMs: 200 });
    expect(phones.script(BOB)).toEqual({ pickUp: 'answer' });
    give(callTo(ALICE, BOB));
    await clock.advance(500);
    expect([phones.phone(ALICE).state, phones.phone(BOB).state]).toEqual(['connected', 'ringing']);
    phones.reset();
    expect(phones.script('+12065550101')).toEqual({ pickUp: 'manual' });
    expect(phones.script(ALICE)).toEqual({ pickUp: 'answer' });
  });

  test('what phones do by default, and how soon, is configurable', async () => {
    const quick = setUp({ phones: { answerAfterMs: 20 } });
    quick.give(callTo(ALICE));
    await quick.clock.advance(20);
    expect(quick.phones.phone(ALICE).state).toBe('connected');
    const busy = setUp({ phones: { defaultScript: { pickUp: 'busy', afterMs: 0 } } });
    busy.give(callTo(ALICE));
    await busy.clock.advance(0);
    expect(legsOf(busy.switchboard)).toMatchObject([{ cause: 'busy' }]);
  });

  test('no more are kept than the limit; the one that was set first goes', () => {
    const { phones } = setUp({ phones: { maxScripts: 2 } });
    for (const number of ['+1', '+2', '+3']) phones.setScript(number, { pickUp: 'manual' });
    phones.setScript('+2', { pickUp: 'busy' });
    expect(phones.phones().map(({ number }) => number)).toEqual(['+3', '+2']);
  });

  test('a phone waits for keys that are sent to it', async () => {
    const { phones, give, clock, events } = setUp();
    phones.setScript(ALICE, {
      pickUp: 'answer',
      steps: [
        { do: 'await-tones', tones: '12' },
        { do: 'say', text: 'Right.' },
      ],
    });
    give(callTo(ALICE));
    await clock.advance(2000);
    give({ type: 'send-tones', operation: 'one', leg: 'a', tones: '01' });
    await clock.advance(2000);
    give({ type: 'send-tones', operation: 'two', leg: 'a', tones: '2' });
    await clock.advance(2000);
    expect(storyOf(events).slice(-5)).toEqual([
      '2.2 s tones-sent a one 01',
      '4 s tones-requested a two 2',
      '4 s tones-started a two',
      '4.1 s tones-sent a two 2',
      '4.1 s leg-said a Right.',
    ]);
  });

  test('a phone tells the script that it follows in a call, and at which step of it it is', async () => {
    const told: string[] = [];
    const { phones, give, clock } = setUp({ phones: { onStep: (number) => told.push(number) } });
    const script: PhoneScript = {
      pickUp: 'answer',
      steps: [
        { do: 'wait', ms: 500 },
        { do: 'press', tones: '12' },
        { do: 'await-prompt' },
        { do: 'say', text: 'Yes.' },
      ],
    };
    phones.setScript(ALICE, script);
    const line = () => phones.phone(ALICE).lines[0];
    give(callTo(ALICE));
    // A script that is set later is for later calls.
    phones.setScript(ALICE, { pickUp: 'busy' });
    expect(line()).toMatchObject({ state: 'ringing', script });
    expect(line()?.step).toBeUndefined();
    const steps: (number | undefined)[] = [];
    for (const ms of [1000, 499, 1, 200, 200]) {
      await clock.advance(ms);
      steps.push(line()?.step);
    }
    expect(steps).toEqual([1, 1, 2, 2, 3]);
    give(play('question'));
    await clock.advance(1000);
    expect(line()?.step).toBe(3);
    await clock.advance(500);
    expect(line()?.step).toBe(4);
    await clock.advance(1000);
    expect(line()?.step).toBeUndefined();
    // At each of the four steps, and when it was through.
    expect(told).toEqual(Array(5).fill(ALICE));
  });

  test('a prompt counts as heard only by those who heard it, to its end', async () => {
    const { phones, give, clock, events } = setUp();
    const steps = [
      { do: 'await-prompt' as const, pauseMs: 0 },
      { do: 'press' as const, tones: '1' },
    ];
    for (const number of [ALICE, BOB]) phones.setScript(number, { pickUp: 'answer', afterMs: 0, steps });
    give(callTo(ALICE, BOB));
    await clock.advance(0);
    give(play('for Bob', { to: ['b'] }));
    await clock.advance(500);
    give(play('interrupting', { to: ['b'], interrupt: true }));
    await clock.advance(5000);
    expect(events.filter(({ type }) => type === 'tones-pressed')).toMatchObject([
      { leg: 'b', tones: '1', atMs: clock.now() - 4000 },
    ]);
  });

  test('a phone that cannot speak goes on with its script', async () => {
    const { phones, give, clock, switchboard } = setUp({
      prepareMedia: () => Promise.resolve({ failed: 'synthesis', detail: 'no voice' }),
    });
    phones.setScript(ALICE, { pickUp: 'answer', steps: [{ do: 'say', text: 'Hello' }, { do: 'hang-up' }] });
    give(callTo(ALICE));
    await clock.advance(2000);
    expect(legsOf(switchboard)).toMatchObject([{ cause: 'hung-up' }]);
  });

  test.each([
    ['leaves the one first', ['move-leg-out', 'move-leg-in']],
    ['comes into the other first', ['move-leg-in', 'move-leg-out']],
  ] as const)('a phone that is moved to another call, and %s, goes on with its script there', async (_, order) => {
    const { phones, give, clock, switchboard } = setUp();
    phones.setScript(ALICE, {
      pickUp: 'answer',
      steps: [
        { do: 'wait', ms: 2000 },
        { do: 'press', tones: '7' },
      ],
    });
    give(callTo(ALICE));
    give({ type: 'open-call', provider: 'quiet', account: 'x', details: {}, legs: [] }, 'other');
    await clock.advance(1000);
    const call = switchboard.call('call');
    const leg: Leg | undefined = typeof call === 'object' ? byId(call.legs, 'a') : undefined;
    if (leg === undefined) throw new Error('there is no leg');
    for (const type of order) {
      if (type === 'move-leg-out') give({ type, leg: 'a', to: 'other' });
      else give({ type, leg, from: 'call' }, 'other');
    }
    expect(phones.phone(ALICE).lines).toHaveLength(1);
    expect(phones.phone(ALICE)).toMatchObject({ state: 'connected', lines: [{ call: 'other', leg: 'a' }] });
    await clock.advance(3000);
    expect(switchboard.history('other').at(-1)).toMatchObject({ type: 'tones-pressed', leg: 'a', tones: '7' });
    phones.hangUp(ALICE);
    expect(phones.phone(ALICE).lines).toEqual([]);
  });
});

describe('by hand', () => {
  const manual = () => {
    const setting = setUp({ phones: { defaultScript: { pickUp: 'manual' } } });
    return setting;
  };

  test('a phone is answered, pressed, spoken into and hung up', async () => {
    const { phones, give, clock, events } = manual();
    give(callTo(ALICE));
    await clock.advance(5000);
    expect(phones.phone('1 206 555-0198')).toMatchObject({
      number: ALICE,
      state: 'ringing',
      lines: [{ call: 'call', leg: 'a', state: 'ringing' }],
    });
    expect(phones.answer(ALICE)).toEqual({ ok: true, call: 'call', leg: 'a' });
    expect(phones.phone(ALICE).state).toBe('connected');
    expect(phones.press(ALICE, '1a#').ok).toBe(true);
    expect(phones.say(ALICE, 'Hi').ok).toBe(true);
    await clock.advance(1000);
    expect(phones.hangUp(ALICE).ok).toBe(true);
    expect(phones.phone(ALICE)).toMatchObject({ state: 'idle', lines: [] });
    expect(phones.phones()).toEqual([]);
    expect(storyOf(events).slice(2)).toEqual([
      '5 s leg-answered a',
      '5 s tones-pressed a 1A#',
      '5 s leg-said a Hi',
      '6 s leg-ended a hung-up',
      '6 s call-ended hung-up',
    ]);
  });

  test('a ringing phone is declined', () => {
    const { phones, give, switchboard } = manual();
    give(callTo(ALICE));
    expect(phones.decline(ALICE).ok).toBe(true);
    expect(legsOf(switchboard)).toMatchObject([{ cause: 'declined' }]);
  });

  test('of several calls the one that has rung longest is answered, unless a leg is named', async () => {
    const { phones, give, clock } = manual();
    give(callTo(ALICE), 'one');
    await clock.advance(10);
    give(callTo(ALICE), 'two');
    give(
      {
        type: 'add-leg',
        leg: { leg: 'z', party: { kind: 'phone', number: ALICE }, direction: 'outbound', ringTimeoutMs: 9e9 },
      },
      'two',
    );
    expect(phones.answer(ALICE, 'z')).toMatchObject({ call: 'two', leg: 'z' });
    expect(phones.answer(ALICE)).toMatchObject({ call: 'one', leg: 'a' });
    expect(phones.phone(ALICE).lines.map(({ call, state }) => `${call} ${state}`)).toEqual([
      'one connected',
      'two ringing',
      'two connected',
    ]);
    // Connected first, longest ringing first: what is pressed goes to the oldest call that is connected.
    expect(phones.press(ALICE, '1')).toMatchObject({ call: 'one' });
  });

  test('what cannot be done is refused, and says why', () => {
    const { phones, give } = manual();
    expect(phones.answer(ALICE)).toMatchObject({ ok: false, refused: 'not-ringing' });
    give(callTo(ALICE));
    expect(phones.press(ALICE, '1')).toEqual({
      ok: false,
      refused: 'not-connected',
      summary: `phone ${ALICE} is ringing, not connected`,
    });
    expect(phones.hangUp(ALICE)).toMatchObject({ refused: 'not-connected' });
    expect(phones.press(ALICE, 'x')).toMatchObject({ refused: 'bad-tones' });
    expect(phones.press(ALICE, '')).toMatchObject({ refused: 'bad-tones' });
    expect(phones.answer(ALICE, 'other')).toMatchObject({ refused: 'leg-not-found' });
  });

  test('users and SIP addresses are phones, too; a media stream is none', () => {
    const { phones, give } = manual();
    give({
      type: 'open-call',
      provider: 'quiet',
      account: 'x',
      details: {},
      legs: [
        { leg: 'u', party: { kind: 'user', id: '8:acs:u' }, direction: 'outbound', ringTimeoutMs: 1000 },
        { leg: 's', party: { kind: 'stream', url: 'ws://localhost/' }, direction: 'outbound', ringTimeoutMs: 1000 },
      ],
    });
    expect(phones.answer('8:acs:u').ok).toBe(true);
    expect(phones.phones().map(({ number }) => number)).toEqual(['8:acs:u']);
  });

  test('a closed book takes no part in calls any more', async () => {
    const { phones, give, clock, switchboard } = setUp();
    give(callTo(ALICE));
    phones.close();
    await clock.advance(2000);
    expect(legsOf(switchboard)).toMatchObject([{ state: 'ringing' }]);
    expect(phones.phones()).toEqual([]);
  });
});

describe('dialing', () => {
  /** A provider that owns one number. */
  function exchange() {
    const dial: DialNumber = (from, to) => {
      if (to !== '+12065550100') {
        return { ok: false, refused: 'number-not-found', summary: `${to} belongs to no account` };
      }
      setting.give({
        type: 'open-call',
        provider: 'quiet',
        account: 'x',
        details: {},
        legs: [
          {
            leg: 'caller',
            party: { kind: 'phone', number: from },
            direction: 'inbound',
            presented: to,
            ringTimeoutMs: 30_000,
          },
        ],
      });
      return { ok: true, call: 'call', leg: 'caller' };
    };
    const setting = setUp({ dial });
    return setting;
  }

  test('opens an incoming call, which waits for the application; the script runs once it answers', async () => {
    const { phones, give, clock, events } = exchange();
    phones.setScript(ALICE, {
      pickUp: 'answer',
      steps: [
        { do: 'wait', ms: 100 },
        { do: 'press', tones: '5' },
      ],
    });
    expect(await phones.dial('12065550198', '+1 206 555 0100')).toEqual({ ok: true, call: 'call', leg: 'caller' });
    await clock.advance(5000);
    expect(phones.phone(ALICE)).toMatchObject({ state: 'dialing', lines: [{ presented: '+12065550100' }] });
    give({ type: 'answer', leg: 'caller' });
    await clock.advance(1000);
    expect(phones.phone(ALICE).state).toBe('connected');
    expect(storyOf(events).at(-1)).toBe('5.1 s tones-pressed caller 5');
  });

  test('is given up by hanging up', async () => {
    const { phones, switchboard } = exchange();
    await phones.dial(ALICE, '+12065550100');
    expect(phones.answer(ALICE)).toMatchObject({ refused: 'not-ringing' });
    expect(phones.hangUp(ALICE).ok).toBe(true);
    expect(legsOf(switchboard)).toMatchObject([{ cause: 'canceled' }]);
  });

  test('a number that belongs to nobody is refused', async () => {
    const { phones } = exchange();
    expect(await phones.dial(ALICE, '+12065550177')).toMatchObject({ refused: 'number-not-found' });
  });
});

function legsOf(switchboard: Switchboard): Leg[] {
  const call = switchboard.call('call');
  return typeof call === 'object' ? [...call.legs] : [];
}
