import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/engine/command.ts';
import type { CallEvent } from '../../src/engine/event.ts';
import { replay } from '../engine/replay.ts';
import { MemoryCallStore } from '../../src/engine/memory-store.ts';
import type { CallStore } from '../../src/engine/store.ts';
import type { Provider, Reaction } from '../../src/contract/provider.ts';
import { callTo, instantMedia, quietProvider, setUp, storyOf } from './exchange-under-test.ts';

const play: Command = {
  type: 'play',
  operation: 'p',
  prompts: [{ kind: 'text', text: '1234567890' }],
  to: 'all',
  repeat: 1,
  interrupt: false,
};

/** A provider named `quiet` that reacts as a function says. */
function reacting(react: (event: CallEvent) => Reaction): Provider<number> {
  return { ...quietProvider, react };
}

function note(name: string): Command {
  return { type: 'note', name, data: undefined };
}

function notesIn(events: readonly CallEvent[]): string[] {
  return events.flatMap((event) => (event.type === 'noted' ? [event.name] : []));
}

describe('commands that belong together', () => {
  test('are one decision, of which nobody hears a part', () => {
    const { switchboard, give, events } = setUp();
    give(callTo('+1'));
    give({ type: 'answer', leg: 'a' });
    const appended: number[] = [];
    switchboard.onEvent(() => void appended.push(switchboard.history('call').length));
    const before = events.length;
    expect(switchboard.dispatch('call', note('asked'), play)).toMatchObject({ ok: true });
    expect(events.slice(before).map(({ type }) => type)).toEqual(['noted', 'play-requested', 'media-wanted']);
    expect(new Set(appended)).toEqual(new Set([before + 3]));
  });

  test('are not carried out when one of them is refused', () => {
    const { switchboard, give, events } = setUp();
    give(callTo('+1'));
    const before = [...events];
    // Nobody is there who could hear it.
    expect(switchboard.dispatch('call', note('asked'), play)).toMatchObject({
      ok: false,
      refused: 'call-not-connected',
    });
    expect(events).toEqual(before);
    expect(switchboard.history('call')).toEqual(before);
  });
});

describe('audio that is there already', () => {
  const known = { media: 'known', durationMs: 1000 };
  const wanted = ['media-wanted', 'media-prepared', 'play-started', 'play-round', 'timer-set'];

  test('is heard at once', () => {
    const { give, events } = setUp({ knownMedia: () => known, prepareMedia: () => new Promise(() => {}) });
    give(callTo('+1'));
    give({ type: 'answer', leg: 'a' });
    const before = events.length;
    give(play);
    expect(events.slice(before).map(({ type }) => type)).toEqual(['play-requested', ...wanted]);
    expect(events.find(({ type }) => type === 'media-prepared')).toMatchObject({ media: known });
  });

  test('waits for what the call waits for already, so that everything comes in the order in which it was asked for', () => {
    const asked: string[] = [];
    const { give, events } = setUp({
      knownMedia: (prompt) => (prompt.kind === 'text' && prompt.text === 'known' ? known : undefined),
      prepareMedia: (prompt) => {
        asked.push(prompt.kind === 'text' ? prompt.text : prompt.kind);
        return new Promise(() => {});
      },
    });
    give(callTo('+1'));
    give({ type: 'answer', leg: 'a' });
    give(play);
    give({ ...play, operation: 'q', prompts: [{ kind: 'text', text: 'known' }] } as Command);
    expect(asked).toEqual(['1234567890', 'known']);
    expect(events.some(({ type }) => type === 'media-prepared')).toBe(false);
  });
});

describe('listeners', () => {
  test('are told of every event in order, with the call as it is after that event', () => {
    const { switchboard, give } = setUp();
    const told: string[] = [];
    switchboard.onEvent((event, call) => told.push(`${event.seq} ${event.type} ${call.version}`));
    give(callTo('+1'));
    expect(told).toEqual(['1 call-opened 1', '2 leg-invited 2', '3 timer-set 3']);
  });

  test('that give commands do so at once; everybody hears of it after what is under way', () => {
    const { switchboard, give, events } = setUp();
    let seenBefore: number | undefined;
    switchboard.onEvent((event) => {
      if (event.type !== 'leg-invited') return;
      const result = switchboard.dispatch('call', note('from a listener'));
      seenBefore = result.ok ? result.events[0]?.seq : undefined;
    });
    const late: number[] = [];
    switchboard.onEvent(({ seq }) => late.push(seq));
    give(callTo('+1'));
    expect(seenBefore).toBe(4);
    expect(events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4]);
    expect(late).toEqual([1, 2, 3, 4]);
  });

  test('that throw break neither the call nor the others', () => {
    const { switchboard, give, problems } = setUp();
    const told: string[] = [];
    switchboard.onEvent(() => {
      throw new Error('a bug');
    });
    switchboard.onEvent(({ type }) => told.push(type));
    give(callTo('+1'));
    expect(told).toEqual(['call-opened', 'leg-invited', 'timer-set']);
    expect(problems).toHaveLength(3);
    expect(problems[0]).toMatchObject({ kind: 'listener-threw', call: 'call', detail: 'at call-opened' });
  });

  test('hear no more when they have stopped', () => {
    const { switchboard, give } = setUp();
    const told: string[] = [];
    const stop = switchboard.onEvent(({ type }) => told.push(type));
    stop();
    give(callTo('+1'));
    expect(told).toEqual([]);
  });
});

describe('a provider', () => {
  test('follows the events of its own calls and no others, after everybody else has heard of them', () => {
    const told: string[] = [];
    const following = (name: string): Provider<number> => ({
      ...quietProvider,
      name,
      follow: ({ type }, { id }) => told.push(`${name} follows ${type} of ${id}`),
    });
    const { switchboard } = setUp({ providers: [following('quiet'), following('other')] });
    switchboard.onEvent(({ type }) => told.push(`all hear ${type}`));
    switchboard.dispatch('mine', { type: 'open-call', provider: 'quiet', account: 'a', details: undefined, legs: [] });
    switchboard.dispatch('its', { type: 'open-call', provider: 'other', account: 'a', details: undefined, legs: [] });
    expect(told).toEqual([
      'all hear call-opened',
      'quiet follows call-opened of mine',
      'all hear call-opened',
      'other follows call-opened of its',
    ]);
  });

  test('reacts by commands, which are carried out after the events under way, in order', () => {
    const provider = reacting((event) => ({
      commands:
        event.type === 'leg-invited'
          ? [
              { call: 'call', command: note('one') },
              { call: 'call', command: note('two') },
            ]
          : [],
    }));
    const { give, events } = setUp({ providers: [provider] });
    give(callTo('+1'));
    expect(events.map(({ type }) => type)).toEqual(['call-opened', 'leg-invited', 'timer-set', 'noted', 'noted']);
    expect(notesIn(events)).toEqual(['one', 'two']);
  });

  test('reacts in another call, too', () => {
    const provider = reacting((event) => ({
      commands: event.type === 'leg-answered' && event.call === 'call' ? [{ call: 'other', command: note('hi') }] : [],
    }));
    const { give, switchboard } = setUp({ providers: [provider] });
    give(callTo('+1'));
    give(callTo('+2'), 'other');
    give({ type: 'answer', leg: 'a' });
    expect(notesIn(switchboard.history('other'))).toEqual(['hi']);
  });

  test('hands callbacks over in the order of its reactions', () => {
    const handed: string[] = [];
    const provider = reacting((event) => ({ callbacks: [{ id: `${event.seq}` } as never] }));
    const { give } = setUp({ providers: [provider], enqueue: ({ id }) => handed.push(id) });
    give(callTo('+1'));
    expect(handed).toEqual(['1', '2', '3']);
  });

  test('sees its own state after each event, folded from its initial one', () => {
    const seen: [number, unknown][] = [];
    const provider: Provider<string[]> = {
      name: 'quiet',
      routes: () => {},
      initial: [],
      evolve: (state, event) => [...state, event.type],
      react: (event, state) => {
        seen.push([event.seq, state.length]);
        return {};
      },
    };
    const { give, switchboard } = setUp({ providers: [provider] });
    give(callTo('+1'));
    give(callTo('+2'), 'other');
    expect(seen).toEqual([1, 2, 3, 1, 2, 3].map((seq) => [seq, seq]));
    expect(switchboard.providerState('call')).toEqual(['call-opened', 'leg-invited', 'timer-set']);
    expect(switchboard.providerState('never')).toBeUndefined();
  });

  test('that throws loses that reaction, and nothing else', () => {
    const provider: Provider<number> = {
      ...quietProvider,
      evolve: (state, event) => {
        if (event.type === 'leg-invited') throw new Error('in the fold');
        return state + 1;
      },
      react: (event) => {
        if (event.type === 'call-opened') throw new Error('in the reaction');
        return {};
      },
    };
    const { give, switchboard, problems, events } = setUp({ providers: [provider] });
    give(callTo('+1'));
    expect(events).toHaveLength(3);
    expect(switchboard.providerState('call')).toBe(2);
    expect(problems.map(({ kind }) => kind)).toEqual(['fold-threw', 'reaction-threw']);
  });

  test('that reacts with a command that is refused: the refusal is told', () => {
    const provider = reacting((event) => ({
      commands: event.type === 'call-ended' ? [{ call: event.call, command: note('too late') }] : [],
    }));
    const { give, problems } = setUp({ providers: [provider] });
    give(callTo('+1'));
    give({ type: 'end-call', cause: 'dropped' });
    expect(problems).toMatchObject([{ kind: 'reaction-refused', call: 'call' }]);
    expect(problems[0]?.detail).toContain('call-ended');
  });

  test('whose reaction a live call refuses is told of it, and so is whoever reads the timeline', () => {
    const provider = reacting((event) => ({
      commands: event.type === 'noted' ? [{ call: event.call, command: { type: 'answer', leg: 'nobody' } }] : [],
    }));
    const { give, problems, switchboard } = setUp({ providers: [provider] });
    give(callTo('+1'));
    give(note('first'));
    expect(problems).toMatchObject([{ kind: 'reaction-refused' }]);
    expect(switchboard.history('call').at(-1)).toMatchObject({
      type: 'refused',
      code: 'command/leg-not-found',
      summary: 'answer: call call has no leg nobody',
    });
  });

  test('that reacts to its own reactions without end is stopped, its timeline says so, and the call goes on', () => {
    const provider = reacting((event) => ({
      commands: event.type === 'noted' ? [{ call: event.call, command: note('again') }] : [],
    }));
    const limits = { maxChainedCommands: 50 };
    const { give, problems, events, switchboard } = setUp({ providers: [provider], limits });
    give(callTo('+1'));
    give(note('first'));
    expect(notesIn(events)).toHaveLength(51);
    expect(problems).toMatchObject([{ kind: 'reaction-loop' }]);
    expect(switchboard.history('call').at(-1)).toMatchObject({
      type: 'refused',
      code: 'limit/reactions',
      summary:
        'note and what would follow from it is not done: 50 steps have followed from each other at one moment, which has no end',
    });
    give({ type: 'end-call', cause: 'dropped' });
  });

  test('that reacts to being told of its loop, too, is stopped all the same', () => {
    const provider = reacting((event) => ({ commands: [{ call: event.call, command: note('again') }] }));
    const { give, switchboard } = setUp({ providers: [provider], limits: { maxChainedCommands: 50 } });
    give(callTo('+1'));
    expect(switchboard.history('call').filter(({ type }) => type === 'refused')).toHaveLength(1);
  });
});

describe('limits', () => {
  test('a call with too many events is ended', () => {
    const { give, switchboard, problems } = setUp({ limits: { maxEventsPerCall: 10 } });
    give(callTo('+1'));
    for (let count = 0; count < 7; count++) give(note('n'));
    expect(problems).toMatchObject([{ kind: 'too-many-events' }]);
    const summary = 'it has had 10 events, as many as it may; the call is ended';
    expect(switchboard.history('call').find(({ type }) => type === 'refused')).toMatchObject({ summary });
    expect(switchboard.history('call').at(-1)).toMatchObject({ type: 'call-ended', cause: 'failed' });
    expect(switchboard.dispatch('call', note('n'))).toMatchObject({ ok: false, refused: 'call-ended' });
  });

  test('a call whose events weigh too much is ended, and nobody else is', () => {
    const { give, switchboard, problems } = setUp({ store: new MemoryCallStore({ maxCallBytes: 50_000 }) });
    give(callTo('+1'), 'other');
    give(callTo('+1'));
    // An answer of 20 kB in each round of a menu, say.
    for (let count = 0; count < 3; count++) give({ ...note('n'), data: { answer: 'x'.repeat(20_000) } } as Command);
    expect(problems).toMatchObject([{ kind: 'too-many-bytes', call: 'call' }]);
    expect(switchboard.history('call').find(({ type }) => type === 'refused')).toMatchObject({ code: 'limit/bytes' });
    expect(switchboard.history('call').at(-1)).toMatchObject({ type: 'call-ended', cause: 'failed' });
    expect(switchboard.call('other')).toMatchObject({ endedAtMs: undefined });
  });

  test('when all live calls together weigh too much, none is opened, and the heaviest is ended when they grow', () => {
    const store = new MemoryCallStore({ maxLiveBytes: 100_000 });
    const { give, switchboard, problems } = setUp({ store });
    const grow = (call: string, bytes: number): unknown =>
      give({ ...note('n'), data: 'x'.repeat(bytes) } as Command, call);
    for (const call of ['heavy', 'light']) give(callTo('+1'), call);
    grow('heavy', 60_000);
    grow('light', 20_000);
    expect(switchboard.dispatch('late', callTo('+2'))).toMatchObject({ ok: false, refused: 'limit-reached' });
    grow('light', 20_000);
    expect(problems).toMatchObject([{ kind: 'too-many-bytes', call: 'heavy' }]);
    expect(switchboard.call('light')).toMatchObject({ endedAtMs: undefined });
    expect(store.bytes.live).toBeLessThanOrEqual(100_000);
    give(callTo('+2'), 'late');
  });

  test('no more calls than allowed live at a time', () => {
    const { give, switchboard } = setUp({ limits: { maxLiveCalls: 1 } });
    give(callTo('+1'));
    expect(switchboard.dispatch('two', callTo('+2'))).toMatchObject({ ok: false, refused: 'limit-reached' });
    give({ type: 'end-call', cause: 'dropped' });
    give(callTo('+2'), 'two');
  });

  test('an ended call beyond the limit is gone; its id is not used again', () => {
    const { give, switchboard } = setUp({ store: new MemoryCallStore({ maxEndedCalls: 0 }) });
    give(callTo('+1'));
    give({ type: 'end-call', cause: 'dropped' });
    expect(switchboard.call('call')).toBe('gone');
    expect(switchboard.call('never')).toBeUndefined();
    expect(switchboard.dispatch('call', callTo('+1'))).toMatchObject({ ok: false, refused: 'call-ended' });
    expect(switchboard.history('call')).toEqual([]);
  });
});

describe('a store that several processes share', () => {
  /** Before each of the first appends, another process gets a note in. */
  function contested(times: number): CallStore {
    const store = new MemoryCallStore();
    let left = times;
    const intrude = (id: string, atMs: number): void => {
      const folded = store.read(id);
      if (typeof folded !== 'object') return;
      const seq = folded.call.version + 1;
      const event: CallEvent = { type: 'noted', name: 'theirs', data: 0, call: id, seq, atMs };
      const call = replay([...store.history(id), event]);
      if (call) store.append(seq - 1, [event], { ...folded, call });
    };
    return {
      append: (version, events, folded, keys) => {
        if (version > 0 && left-- > 0) intrude(folded.call.id, events[0]?.atMs ?? 0);
        return store.append(version, events, folded, keys);
      },
      read: (id) => store.read(id),
      find: (key) => store.find(key),
      history: (id) => store.history(id),
      list: () => store.list(),
      listOf: (address) => store.listOf(address),
      liveCount: () => store.liveCount(),
      hasRoom: () => store.hasRoom(),
      overweight: () => store.overweight(),
      forgetEnded: () => store.forgetEnded(),
    };
  }

  test('another process may come first: the command is decided again', () => {
    const { give, switchboard } = setUp({ store: contested(2) });
    give(callTo('+1'));
    give(note('ours'));
    expect(notesIn(switchboard.history('call'))).toEqual(['theirs', 'theirs', 'ours']);
    expect(switchboard.call('call')).toEqual(replay(switchboard.history('call')));
  });

  test('never coming first is an error that says so', () => {
    const { give, switchboard } = setUp({ store: contested(100) });
    give(callTo('+1'));
    expect(() => switchboard.dispatch('call', note('ours'))).toThrow('call call: note met a conflict in the store');
  });
});

describe('audio', () => {
  test('that cannot be had fails the play, also when preparing it throws', async () => {
    const { give, clock, events } = setUp({
      prepareMedia: (prompt, wanted) =>
        prompt.kind === 'file' ? Promise.reject(new Error('no such host')) : instantMedia(prompt, wanted),
    });
    give(callTo('+1'));
    give({ type: 'answer', leg: 'a' });
    give({ ...play, prompts: [{ kind: 'file', uri: 'http://nowhere/' }] } as Command);
    await clock.settle();
    expect(events.at(-1)).toMatchObject({ type: 'play-failed', index: 0, reason: 'download', detail: 'no such host' });
  });

  test('that comes when the call has ended comes to nothing', async () => {
    const { give, clock, events, problems } = setUp();
    give(callTo('+1'));
    give({ type: 'answer', leg: 'a' });
    give(play);
    give({ type: 'end-call', cause: 'dropped' });
    await clock.settle();
    expect(events.at(-1)?.type).toBe('call-ended');
    expect(problems).toEqual([]);
  });

  test('is asked for once per prompt, with the call that wants it', async () => {
    const asked: string[] = [];
    const { give, clock } = setUp({
      prepareMedia: (prompt, wanted) => {
        asked.push(`${wanted.line} ${prompt.kind}`);
        return instantMedia(prompt, wanted);
      },
    });
    give(callTo('+1'));
    give({ type: 'answer', leg: 'a' });
    give({ ...play, prompts: [{ kind: 'music' }, { kind: 'text', text: 'x' }], repeat: 3 } as Command);
    await clock.advance(60_000);
    expect(asked).toEqual(['call music', 'call text']);
  });
});

test('timers fire when they are due, and not once they are cleared', async () => {
  const { give, clock, events } = setUp();
  give(callTo('+1'));
  give({ type: 'set-timer', timer: 'one', afterMs: 100, name: 'one' });
  give({ type: 'set-timer', timer: 'two', afterMs: 200, name: 'two' });
  give({ type: 'clear-timer', timer: 'two' });
  give({ type: 'set-timer', timer: 'one', afterMs: 150, name: 'one' });
  await clock.advance(500);
  expect(storyOf(events)).toEqual(['0 s call-opened', '0 s leg-invited a']);
  const fired = events.filter(({ type }) => type === 'timer-fired');
  expect(fired).toMatchObject([{ timer: 'one', atMs: clock.now() - 350 }]);
});
