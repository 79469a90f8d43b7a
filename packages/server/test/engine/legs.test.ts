import { describe, expect, test } from 'vitest';
import type { Call, Leg } from '../../src/engine/call.ts';
import type { LegInvitation } from '../../src/engine/command.ts';
import { byId } from '../../src/engine/keyed.ts';
import { answered, connected, fired, given, invited, opened, play, ready, typesOf } from './given.ts';

const invitation: LegInvitation = {
  leg: 'a',
  party: { kind: 'phone', number: '+12065550199' },
  direction: 'outbound',
  presented: '+12065550100',
  ringTimeoutMs: 30_000,
};

describe('opening a call', () => {
  test('rings each party and limits how long', () => {
    expect(
      given(500).when({ type: 'open-call', provider: 'acs', account: 'x', details: { a: 1 }, legs: [invitation] }),
    ).toEqual([
      { type: 'call-opened', provider: 'acs', account: 'x', details: { a: 1 } },
      {
        type: 'leg-invited',
        leg: 'a',
        party: { kind: 'phone', number: '+12065550199' },
        direction: 'outbound',
        presented: '+12065550100',
      },
      {
        type: 'timer-set',
        timer: { id: 'ring-timeout:a', dueAtMs: 30_500, purpose: { kind: 'ring-timeout', leg: 'a' } },
      },
    ]);
  });

  test('a ring time-out of Infinity rings for ever', () => {
    const facts = given().when({
      type: 'open-call',
      provider: 'acs',
      account: 'x',
      details: {},
      legs: [{ ...invitation, ringTimeoutMs: Number.POSITIVE_INFINITY }],
    });
    expect(typesOf(facts)).toEqual(['call-opened', 'leg-invited']);
  });

  test('is refused when there is such a call, or two legs have one id', () => {
    const command = { type: 'open-call', provider: 'acs', account: 'x', details: {} } as const;
    expect(given(opened).refusalOf({ ...command, legs: [] })).toMatchObject({ refused: 'duplicate-id' });
    expect(given().refusalOf({ ...command, legs: [invitation, invitation] })).toMatchObject({
      refused: 'duplicate-id',
    });
  });

  test('nothing can be asked of a call that there is not', () => {
    expect(given().refusalOf({ type: 'end-call', cause: 'dropped' })).toMatchObject({ refused: 'call-not-found' });
    expect(given().when(fired('ring-timeout:a'))).toEqual([]);
  });
});

describe('a leg', () => {
  test('stops ringing when it is answered', () => {
    const story = given()
      .and({ type: 'open-call', provider: 'p', account: 'x', details: {}, legs: [invitation] })
      .at(900);
    expect(story.when({ type: 'answer', leg: 'a' })).toEqual([
      { type: 'timer-cleared', timer: 'ring-timeout:a' },
      { type: 'leg-answered', leg: 'a' },
    ]);
    expect(byId(story.and({ type: 'answer', leg: 'a' }).call.legs, 'a')).toMatchObject({
      state: 'connected',
      invitedAtMs: 0,
      answeredAtMs: 900,
    });
  });

  test('that nobody answers ends with its ring time-out, and the call with it', () => {
    const story = given().and({ type: 'open-call', provider: 'p', account: 'x', details: {}, legs: [invitation] });
    expect(story.at(30_000).when(fired('ring-timeout:a'))).toEqual([
      { type: 'timer-fired', timer: 'ring-timeout:a', purpose: { kind: 'ring-timeout', leg: 'a' } },
      { type: 'leg-ended', leg: 'a', cause: 'no-answer' },
      { type: 'call-ended', cause: 'no-answer' },
    ]);
  });

  test('that leaves others behind does not end the call', () => {
    expect(given(...connected('a', 'b')).when({ type: 'end-leg', leg: 'b', cause: 'hung-up' })).toEqual([
      { type: 'leg-ended', leg: 'b', cause: 'hung-up' },
    ]);
  });

  test('that still rings keeps the call alive when the only connected one leaves', () => {
    expect(
      typesOf(
        given(opened, invited('a'), invited('b'), answered('a')).when({ type: 'end-leg', leg: 'a', cause: 'hung-up' }),
      ),
    ).toEqual(['leg-ended']);
  });

  test.each([
    ['answered twice', { type: 'answer', leg: 'a' }, 'operation-conflict'],
    ['unknown', { type: 'answer', leg: 'x' }, 'leg-not-found'],
    ['named like a property of every object', { type: 'answer', leg: 'constructor' }, 'leg-not-found'],
    ['that rings, muted', { type: 'mute', leg: 'b', muted: true }, 'leg-not-connected'],
    ['that has ended', { type: 'end-leg', leg: 'c', cause: 'hung-up' }, 'leg-ended'],
  ] as const)('%s is refused', (_, command, refused) => {
    const story = given(opened, invited('a'), invited('b'), invited('c'), answered('a'), {
      type: 'leg-ended',
      leg: 'c',
      cause: 'busy',
    });
    expect(story.refusalOf(command)).toMatchObject({ refused });
  });

  test('is muted and held once, however often it is asked', () => {
    const story = given(...connected('a'));
    const muted = story.and({ type: 'mute', leg: 'a', muted: true });
    expect(byId(muted.call.legs, 'a')?.muted).toBe(true);
    expect(muted.when({ type: 'mute', leg: 'a', muted: true })).toEqual([]);
    const held = story.and({ type: 'hold', leg: 'a', held: true });
    expect(byId(held.call.legs, 'a')?.held).toBe(true);
    expect(held.when({ type: 'hold', leg: 'a', held: true })).toEqual([]);
  });
});

describe('ending a call', () => {
  test('ends what is under way first, then the legs, then the call', () => {
    const story = given(...connected('a'), invited('b'))
      .and(play('greeting'))
      .and(ready('greeting'))
      .and({ type: 'start-recording', recording: 'r', details: {}, paused: false })
      .and({ type: 'set-timer', timer: 't', afterMs: 100, name: 'own' });
    expect(story.at(400).when({ type: 'end-call', cause: 'dropped' })).toEqual([
      { type: 'timer-cleared', timer: 'play-end:greeting' },
      { type: 'play-canceled', operation: 'greeting', why: 'call-ended' },
      { type: 'recording-stopped', recording: 'r', why: 'call-ended' },
      { type: 'timer-cleared', timer: 't' },
      { type: 'leg-ended', leg: 'a', cause: 'dropped' },
      { type: 'leg-ended', leg: 'b', cause: 'canceled' },
      { type: 'call-ended', cause: 'dropped' },
    ]);
  });

  test('nothing follows: requests are refused, reports come to nothing', () => {
    const story = given(...connected('a'), { type: 'call-ended', cause: 'dropped' });
    expect(story.refusalOf({ type: 'end-call', cause: 'dropped' })).toMatchObject({ refused: 'call-ended' });
    expect(story.when(fired('play-end:x'))).toEqual([]);
    expect(story.when(ready('x'))).toEqual([]);
    expect(
      story.when({ type: 'callback-answered', callback: 'c', outcome: { answered: false, reason: 'refused' } }),
    ).toEqual([]);
  });
});

describe('a limit on the duration', () => {
  test('of all ends the call', () => {
    const story = given(...connected('a', 'b')).and({ type: 'limit-duration', leg: 'all', maxDurationMs: 60_000 });
    expect(byId(story.call.timers, 'max-duration:all')?.dueAtMs).toBe(60_000);
    expect(story.at(60_000).when(fired('max-duration:all'))).toMatchObject([
      { type: 'timer-fired' },
      { type: 'leg-ended', leg: 'a', cause: 'max-duration' },
      { type: 'leg-ended', leg: 'b', cause: 'max-duration' },
      { type: 'call-ended', cause: 'max-duration' },
    ]);
  });

  test('of a leg ends that leg, and goes with it', () => {
    const story = given(...connected('a', 'b')).and({ type: 'limit-duration', leg: 'b', maxDurationMs: 1000 });
    expect(typesOf(story.when({ type: 'end-leg', leg: 'b', cause: 'hung-up' }))).toEqual([
      'timer-cleared',
      'leg-ended',
    ]);
    expect(story.at(1000).when(fired('max-duration:b'))).toMatchObject([
      { type: 'timer-fired' },
      { type: 'leg-ended', leg: 'b', cause: 'max-duration' },
    ]);
  });

  test('is replaced by a later one', () => {
    const story = given(...connected('a'))
      .and({ type: 'limit-duration', leg: 'a', maxDurationMs: 1000 })
      .at(500)
      .and({ type: 'limit-duration', leg: 'a', maxDurationMs: 1000 });
    expect(byId(story.call.timers, 'max-duration:a')?.dueAtMs).toBe(1500);
  });
});

describe('moving between calls', () => {
  test('a leg leaves one call with its history and goes on in the other', () => {
    const from = given(...connected('a', 'b'))
      .and(play('greeting', { to: ['b'] }))
      .and(ready('greeting'))
      .at(300);
    const leg = legOf(from.call, 'b');
    expect(from.when({ type: 'move-leg-out', leg: 'b', to: 'other' })).toEqual([
      { type: 'timer-cleared', timer: 'play-end:greeting' },
      { type: 'play-canceled', operation: 'greeting', why: 'call-ended' },
      { type: 'leg-moved-out', leg: 'b', to: 'other' },
    ]);
    const gone = legOf(from.and({ type: 'move-leg-out', leg: 'b', to: 'other' }).call, 'b');
    expect(gone).toMatchObject({ state: 'ended', cause: 'moved' });
    expect([...gone.heard]).toMatchObject([{ media: 'greeting-0', stoppedAtMs: 300 }]);
    const to = given(...connected('c')).and({ type: 'move-leg-in', leg, from: 'call' });
    expect(to.call.legs.map(({ id }) => id)).toEqual(['c', 'b']);
    expect(byId(to.call.legs, 'b')).toMatchObject({ state: 'connected', answeredAtMs: 0 });
    expect(to.when(play('more', { to: ['b'] }))).toMatchObject([{ type: 'play-requested', to: ['b'] }, {}]);
  });

  test('it does not matter whether the leg is taken in before it leaves or after; its audio is cut where it leaves', () => {
    const from = given(...connected('a', 'b'))
      .and(play('greeting'))
      .and(ready('greeting'))
      .at(300);
    const before = legOf(from.call, 'b');
    const after = legOf(from.and({ type: 'move-leg-out', leg: 'b', to: 'other' }).call, 'b');
    const takeIn = (leg: Leg) => legOf(given(opened).at(300).and({ type: 'move-leg-in', leg, from: 'call' }).call, 'b');
    expect(takeIn(after)).toEqual(takeIn(before));
    expect(takeIn(before).state).toBe('connected');
    expect([...takeIn(before).heard]).toMatchObject([{ media: 'greeting-0', stoppedAtMs: 300 }]);
    expect(takeIn(before).cause).toBeUndefined();
  });

  test('a leg that was moved out may come back', () => {
    const story = given(...connected('a', 'b')).and({ type: 'move-leg-out', leg: 'b', to: 'other' });
    story.and({ type: 'move-leg-in', leg: legOf(story.call, 'b'), from: 'other' });
    expect(legOf(story.call, 'b').state).toBe('connected');
  });

  test('a leg that rings or has hung up is not taken in', () => {
    const story = given(opened, invited('a'), invited('b'), answered('b')).and({
      type: 'end-leg',
      leg: 'b',
      cause: 'hung-up',
    });
    for (const id of ['a', 'b']) {
      const command = { type: 'move-leg-in', leg: legOf(story.call, id), from: 'call' } as const;
      expect(given(opened).refusalOf(command)).toMatchObject({ refused: 'leg-not-connected' });
    }
  });

  test('the last leg that is moved out ends the call that it leaves', () => {
    expect(given(...connected('a')).when({ type: 'move-leg-out', leg: 'a', to: 'other' })).toEqual([
      { type: 'leg-moved-out', leg: 'a', to: 'other' },
      { type: 'call-ended', cause: 'moved' },
    ]);
  });

  test('a call that is to stay open goes on without legs, until it is ended', () => {
    const story = given(...connected('a')).and({ type: 'set-timer', timer: 't', afterMs: 10, name: 'own' });
    const out = { type: 'move-leg-out', leg: 'a', to: 'other', staysOpen: true } as const;
    expect(story.when(out)).toEqual([{ type: 'leg-moved-out', leg: 'a', to: 'other' }]);
    expect(story.and(out).when({ type: 'end-call', cause: 'dropped' })).toEqual([
      { type: 'timer-cleared', timer: 't' },
      { type: 'call-ended', cause: 'dropped' },
    ]);
  });
});

function legOf(call: Call, id: string): Leg {
  const leg = byId(call.legs, id);
  if (leg === undefined) throw new Error(`there is no leg ${id}`);
  return leg;
}
