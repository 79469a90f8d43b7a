import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { audioTrack, entryEndMs } from '../../src/engine/audio.ts';
import type { Call, CollectWish, EndCause, Leg } from '../../src/engine/call.ts';
import type { Command } from '../../src/engine/command.ts';
import { decide } from '../../src/engine/decide.ts';
import type { CallEvent } from '../../src/engine/event.ts';
import { evolve } from '../../src/engine/evolve.ts';
import { replay } from './replay.ts';
import { sharesAudience } from '../../src/engine/queries.ts';

/** Few ids, so that random commands meet each other. */
const leg = fc.constantFrom('a', 'b', 'c');
const operation = fc.constantFrom('o1', 'o2', 'o3', 'o4', 'o5', 'o6');
const prompt = fc.constantFrom('prompt-1', 'prompt-2', 'prompt-3');
const text = fc.constantFrom('yes', 'no', 'sales');
const tones = fc.constantFrom('1', '2', '12', '1234', '#', '9#');
const media = fc.constantFrom(0, 0, 500, 1000).map((durationMs) => ({ media: `m${durationMs}`, durationMs }));
const prompts = fc.array(
  text.map((words) => ({ kind: 'text', text: words }) as const),
  { maxLength: 2 },
);
const cause = fc.constantFrom<EndCause[]>('hung-up', 'dropped', 'busy', 'declined', 'failed');
const wish: fc.Arbitrary<CollectWish> = fc.record(
  {
    initialSilenceMs: fc.constantFrom(0, 1000, Number.POSITIVE_INFINITY),
    bargeIn: fc.boolean(),
    dtmf: fc.constant({ maxTones: 3, stopTones: '#', interToneMs: 1000 }),
    choices: fc.constant([{ label: 'Sales', tone: '1', phrases: ['sales'] }]),
    speech: fc.constant({ endSilenceMs: 300 }),
  },
  { requiredKeys: ['initialSilenceMs', 'bargeIn'] },
);
const invitation = fc.record({
  leg,
  party: fc.constant({ kind: 'phone', number: '+12065550199' } as const),
  direction: fc.constantFrom('outbound', 'inbound' as const),
  ringTimeoutMs: fc.constantFrom(0, 3000, Number.POSITIVE_INFINITY),
});

/** A leg of another call, which is still hearing something there. */
function visitor(id: string): Leg {
  return {
    id,
    party: { kind: 'phone', number: id },
    presented: undefined,
    direction: 'outbound',
    state: 'connected',
    muted: false,
    held: false,
    invitedAtMs: 0,
    answeredAtMs: 0,
    endedAtMs: undefined,
    cause: undefined,
    heard: audioTrack([{ media: 'elsewhere', startedAtMs: 0, durationMs: 1e9 }]),
    spoken: audioTrack(),
  };
}

/** A timer that runs is chosen by number when the command is given: random ids would hardly ever be right. */
type Step = { readonly afterMs: number } & (
  { readonly command: Command } | { readonly fireTimer: number } | { readonly prepareAll: number }
);

const command: fc.Arbitrary<Command> = fc.oneof(
  fc.record({ type: fc.constant('add-leg' as const), leg: invitation }),
  fc.record({ type: fc.constant('answer' as const), leg }),
  fc.record({ type: fc.constant('end-leg' as const), leg, cause }),
  fc.record({ type: fc.constant('mute' as const), leg, muted: fc.boolean() }),
  fc.record({ type: fc.constant('hold' as const), leg, held: fc.boolean() }),
  fc.record({
    type: fc.constant('move-leg-out' as const),
    leg,
    to: fc.constant('other'),
    staysOpen: fc.boolean(),
  }),
  fc.record({ type: fc.constant('move-leg-in' as const), leg: leg.map(visitor), from: fc.constant('other') }),
  fc.record({
    type: fc.constant('limit-duration' as const),
    leg: fc.oneof(leg, fc.constant('all' as const)),
    maxDurationMs: fc.constantFrom(0, 5000),
  }),
  fc.record({
    type: fc.constant('play' as const),
    operation,
    prompts,
    to: fc.oneof(fc.constant('all' as const), fc.uniqueArray(leg, { maxLength: 2 })),
    repeat: fc.constantFrom(1, 2, 'forever' as const),
    interrupt: fc.boolean(),
  }),
  fc.record({ type: fc.constant('media-ready' as const), operation, index: fc.constantFrom(0, 1, 7), media }),
  fc.record({
    type: fc.constant('media-failed' as const),
    operation,
    index: fc.constantFrom(0, 1),
    reason: fc.constant('download' as const),
    detail: fc.constant('404'),
  }),
  fc.record({
    type: fc.constant('collect' as const),
    operation,
    leg,
    prompts,
    wish,
    interrupt: fc.boolean(),
  }),
  fc.record({ type: fc.constant('watch-tones' as const), operation, leg }),
  fc.record({ type: fc.constant('send-tones' as const), operation, leg, tones }),
  fc.record({
    type: fc.constant('cancel-operations' as const),
    operations: fc.oneof(fc.constant('all' as const), fc.array(fc.oneof(operation, prompt), { maxLength: 2 })),
  }),
  fc.record({ type: fc.constant('press' as const), leg, tones }),
  fc.record({ type: fc.constant('say' as const), leg, text }),
  fc.record({ type: fc.constant('stop-speaking' as const), leg }),
  fc.record({ type: fc.constant('speech-ready' as const), leg, text, media }),
  fc.record({
    type: fc.constant('start-recording' as const),
    recording: fc.constantFrom('r1', 'r2'),
    details: fc.constant({}),
    paused: fc.boolean(),
  }),
  fc.record({
    type: fc.constantFrom('pause-recording' as const, 'resume-recording' as const, 'stop-recording' as const),
    recording: fc.constantFrom('r1', 'r2'),
  }),
  fc.record({
    type: fc.constant('set-timer' as const),
    timer: fc.constantFrom('t1', 't2'),
    afterMs: fc.constantFrom(0, 2000),
    name: fc.constant('own'),
  }),
  fc.record({ type: fc.constant('clear-timer' as const), timer: fc.constantFrom('t1', 't2') }),
  fc.record({ type: fc.constant('note' as const), name: fc.constant('n'), data: fc.constant(1) }),
);

const afterMs = fc.constantFrom(0, 0, 100, 1000);
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ command, afterMs }) },
    { weight: 2, arbitrary: fc.record({ fireTimer: fc.nat(5), afterMs }) },
    { weight: 2, arbitrary: fc.record({ prepareAll: fc.constantFrom(0, 700), afterMs }) },
  ),
  { minLength: 5, maxLength: 60 },
);

/** Runs steps against a call with two connected legs and one that rings, and ends it. Everything given is frozen. */
function run(script: readonly Step[]): { call: Call; history: CallEvent[]; decisions: CallEvent[][] } {
  let ids = 0;
  let atMs = 0;
  let call: Call | undefined;
  const history: CallEvent[] = [];
  const decisions: CallEvent[][] = [];
  const give = (given: Command): void => {
    const context = { id: 'call', atMs, newId: () => `prompt-${++ids}` };
    const decided = decide(call && deepFreeze(call), [deepFreeze(given)], context);
    if ('refused' in decided) return;
    const events = decided.map(({ event }) => event);
    for (const event of events) call = evolve(call, event);
    // What a decision says that a call is afterwards is what its events say.
    if (decided.length > 0) expect(decided.at(-1)?.call).toEqual(call);
    if (call !== undefined) expectNothingForgotten(call);
    history.push(...events);
    decisions.push(events);
  };
  give({
    type: 'open-call',
    provider: 'p',
    account: 'x',
    details: {},
    legs: ['a', 'b', 'c'].map((id) => ({
      leg: id,
      party: { kind: 'phone', number: id },
      direction: 'outbound',
      ringTimeoutMs: 9000,
    })),
  });
  give({ type: 'answer', leg: 'a' });
  give({ type: 'answer', leg: 'b' });
  for (const step of script) {
    atMs += step.afterMs;
    if ('command' in step) give(step.command);
    else if ('fireTimer' in step) fireOne(step.fireTimer);
    else prepareAll(step.prepareAll);
  }
  give({ type: 'end-call', cause: 'dropped' });
  if (call === undefined) throw new Error('the call was not opened');
  return { call, history, decisions };

  function fireOne(which: number): void {
    const timers = [...(call?.timers ?? [])];
    const timer = timers[which % Math.max(timers.length, 1)];
    if (timer === undefined) return;
    atMs = Math.max(atMs, timer.dueAtMs);
    give({ type: 'timer-fired', timer: timer.id });
  }

  function prepareAll(durationMs: number): void {
    for (const event of history.slice()) {
      if (event.type !== 'media-wanted') continue;
      give({ type: 'media-ready', operation: event.operation, index: event.index, media: { media: 'm', durationMs } });
    }
  }
}

/** What is pending is what the operations say, and no play waits that nothing holds up. */
function expectNothingForgotten(call: Call): void {
  const active = call.operations.filter(({ state }) => state !== 'done');
  const ids = (kind: string): string[] => active.filter((one) => one.kind === kind).map(({ id }) => id);
  expect(call.pending.collects.map(({ id }) => id)).toEqual(ids('collect'));
  expect(call.pending.watches.map(({ id }) => id)).toEqual(ids('tone-watch'));
  const plays = active.filter((one) => one.kind === 'play');
  expect(call.pending.plays.map(({ id }) => id)).toEqual(
    plays.filter(({ state }) => state === 'preparing').map(({ id }) => id),
  );
  if (call.endedAtMs !== undefined) return;
  for (const [place, play] of plays.entries()) {
    if (play.state !== 'preparing' || play.ready.length < play.prompts.length) continue;
    expect(plays.slice(0, place).some((earlier) => sharesAudience(call, earlier, play))).toBe(true);
  }
}

function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}

const TERMINAL: Record<string, readonly string[]> = {
  'play-requested': ['play-completed', 'play-failed', 'play-canceled'],
  'collect-started': ['collect-completed', 'collect-failed', 'collect-canceled'],
  'tones-requested': ['tones-sent', 'tones-failed'],
  'tone-watch-started': ['tone-watch-stopped'],
};

test('nothing follows the end of a call, and nothing is left running in it', () => {
  fc.assert(
    fc.property(steps, (script) => {
      const { call, history } = run(script);
      expect(history.filter(({ type }) => type === 'call-ended')).toHaveLength(1);
      expect(history.at(-1)?.type).toBe('call-ended');
      expect([...call.timers]).toEqual([]);
      expect(call.operations.filter(({ state }) => state !== 'done')).toEqual([]);
      expect(call.legs.filter(({ state }) => state !== 'ended')).toEqual([]);
      expect(call.recordings.filter(({ state }) => state !== 'stopped')).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('every operation that begins ends, once, and nothing is heard of it afterwards', () => {
  fc.assert(
    fc.property(steps, (script) => {
      const { history } = run(script);
      for (const begin of history) {
        const terminal = TERMINAL[begin.type];
        if (terminal === undefined || !('operation' in begin)) continue;
        const own = history.filter((event) => 'operation' in event && event.operation === begin.operation);
        expect(own.filter(({ type }) => terminal.includes(type))).toHaveLength(1);
        expect(terminal).toContain(own.at(-1)?.type);
        expect(own[0]).toBe(begin);
      }
    }),
    { numRuns: 300 },
  );
});

test('every timer that is set fires or is cleared, once', () => {
  fc.assert(
    fc.property(steps, (script) => {
      const running = new Set<string>();
      for (const event of run(script).history) {
        if (event.type === 'timer-set') {
          expect(running.has(event.timer.id)).toBe(false);
          running.add(event.timer.id);
        }
        if (event.type === 'timer-cleared' || event.type === 'timer-fired') {
          expect(running.delete(event.timer)).toBe(true);
        }
      }
      expect([...running]).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

/** The members of everything of a kind that there ever was, in their order. */
function membersOf(history: readonly CallEvent[], kind: (call: Call) => Iterable<object>): Set<string> {
  const members = new Set<string>();
  let call: Call | undefined;
  for (const event of history) {
    call = evolve(call, event);
    for (const one of kind(call)) members.add(Object.keys(one).join(' '));
  }
  return members;
}

// V8 makes a hidden class for each list and order of members; what meets more than four is several times as slow.
test('calls, legs and plays have all their members, in one order, whatever happens to them', () => {
  fc.assert(
    fc.property(steps, (script) => {
      const { history } = run(script);
      const plays = ({ operations }: Call): object[] => operations.filter(({ kind }) => kind === 'play');
      for (const kind of [(call: Call) => [call], (call: Call) => call.legs, (call: Call) => [call.pending], plays])
        expect(membersOf(history, kind).size).toBeLessThanOrEqual(1);
    }),
    { numRuns: 100 },
  );
});

test('nobody hears or says anything after leaving', () => {
  fc.assert(
    fc.property(steps, (script) => {
      for (const { heard, spoken, endedAtMs } of run(script).call.legs) {
        for (const entry of [...heard, ...spoken]) expect(entryEndMs(entry)).toBeLessThanOrEqual(endedAtMs ?? -1);
      }
    }),
    { numRuns: 300 },
  );
});

test('a call is what its history says, read from its JSON or as it happened', () => {
  fc.assert(
    fc.property(steps, (script) => {
      const { call, history } = run(script);
      const forJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
      expect(forJson(replay(forJson(history) as CallEvent[]))).toEqual(forJson(call));
      expect(history.map(({ seq }) => seq)).toEqual(history.map((_, index) => index + 1));
    }),
    { numRuns: 100 },
  );
});

test('folding never throws, whatever the history', () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 3 }), fc.nat(), (scripts, seed) => {
      const events = scripts.flatMap((script) => run(script).history);
      const shuffled = events.toSorted((one, other) => mix(one.seq, seed) - mix(other.seq, seed));
      expect(() => replay(shuffled)).not.toThrow();
    }),
    { numRuns: 50 },
  );
});

function mix(seq: number, seed: number): number {
  return (Math.imul(seq + 1, 2_654_435_761) ^ seed) >>> 0;
}
