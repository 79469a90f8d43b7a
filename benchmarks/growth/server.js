import { LiveAudio } from '../../packages/server/dist/audio/live-audio.js';
import { MediaStore } from '../../packages/server/dist/audio/media-store.js';
import { ByteBudget } from '../../packages/server/dist/bounded/byte-budget.js';
import { MemoryCallStore } from '../../packages/server/dist/engine/memory-store.js';
import { parseJson } from '../../packages/server/dist/http/json-syntax.js';
import { acsProvider } from '../../packages/server/dist/providers/acs/acs-provider.js';
import { audioFrames } from '../../packages/server/dist/providers/acs/streaming/audio-frames.js';
import { InboundAudio } from '../../packages/server/dist/providers/acs/streaming/inbound-audio.js';
import { readInboundMessage } from '../../packages/server/dist/providers/acs/streaming/inbound-message.js';
import { readOptionAction } from '../../packages/server/dist/providers/sinch/calls/menu.js';
import { parsePrompts } from '../../packages/server/dist/providers/sinch/prompts.js';
import { createSinchProvider } from '../../packages/server/dist/providers/sinch/sinch-provider.js';
import { Playout } from '../../packages/server/dist/providers/sinch/streams/playout.js';
import { parseSvaml } from '../../packages/server/dist/providers/sinch/svaml/svaml.js';
import { createSwitchboard } from '../../packages/server/dist/switchboard/create-switchboard.js';
import { deferredSwitchboard } from '../../packages/server/dist/switchboard/deferred-switchboard.js';

/** A switchboard with both providers, on a clock that a row moves itself. */
function exchange() {
  let nowMs = 0;
  let ids = 0;
  const timers = [];
  const newId = () => `id-${(ids += 1)}`;
  const clock = {
    kind: 'real',
    now: () => nowMs,
    after: (ms, action) => {
      timers.push(action);
      return () => {};
    },
    awaiting: (work) => work,
  };
  const media = new MediaStore();
  const context = {
    switchboard: deferredSwitchboard(() => switchboard),
    clock,
    wallNow: () => new Date(),
    newId,
    accounts: [],
    serverUrl: () => 'http://localhost',
    media: (id) => media.get(id),
    liveAudio: new LiveAudio(media),
    strict: false,
    strictCallbacks: false,
    onProblem: () => {},
    fault: () => undefined,
  };
  const switchboard = createSwitchboard({
    store: new MemoryCallStore(),
    clock,
    newId,
    providers: [acsProvider(context), createSinchProvider(context)],
    prepareMedia: () => new Promise(() => {}),
    enqueue: () => {},
    onProblem: ({ kind, detail }) => {
      throw new Error(`${kind}: ${detail}`);
    },
    limits: { maxChainedCommands: Number.POSITIVE_INFINITY, maxEventsPerCall: Number.POSITIVE_INFINITY },
  });
  const give = (call, command) => {
    const result = switchboard.dispatch(call, command);
    if (!result.ok) throw new Error(`${command.type}: ${result.summary}`);
    return result;
  };
  return { switchboard, give, context, move: (ms) => (nowMs += ms) };
}

const phone = (number) => ({ kind: 'phone', number: `+4670${number}` });
const invitation = (leg, number) => ({ leg, party: phone(number), direction: 'outbound', ringTimeoutMs: 60_000 });

/** An ACS call that an application created, with `n` participants; nobody listens to its events. */
function acsCall(n) {
  const one = exchange();
  const connection = {
    id: 'call',
    origin: 'created',
    apiVersion: '2026-03-12',
    callbackUri: 'http://localhost',
    source: 'app',
    application: 'app',
    sourceDisplayName: '',
    targets: [],
  };
  const legs = Array.from({ length: n }, (_, index) => `leg-${index}`);
  one.give('call', { type: 'open-call', provider: 'acs', account: 'a', details: { connection }, legs: [] });
  for (const [index, leg] of legs.entries()) one.give('call', { type: 'add-leg', leg: invitation(leg, index) });
  return { ...one, legs };
}

/** Participants of a conference, each called by a callout of its own. */
function conference(n) {
  const one = exchange();
  const calls = Array.from({ length: n }, (_, index) => `call-${index}`);
  for (const [index, call] of calls.entries()) {
    one.give(call, {
      type: 'open-call',
      provider: 'sinch',
      account: 'key',
      details: {
        kind: 'call',
        origin: 'conference',
        from: '+4670',
        to: { type: 'number', endpoint: `+4670${index}` },
        domain: 'pstn',
        forwardedHeaders: [],
        callbacks: { ace: false, pie: false, dice: false },
        inline: {},
        whenAnswered: {
          instructions: [],
          action: { name: 'connectConf', conferenceId: 'room', conferenceDtmfOptions: {} },
        },
      },
      legs: [invitation(`${call}.callee`, index)],
    });
  }
  return { ...one, calls, legs: calls.map((call) => `${call}.callee`) };
}

function joined(n) {
  const room = conference(n);
  for (const [index, call] of room.calls.entries()) room.give(call, { type: 'answer', leg: room.legs[index] });
  const [first] = room.switchboard.calls();
  return { ...room, room: first.id };
}

/** A call of no provider, with one party in it. */
function callOfOne() {
  const one = exchange();
  one.give('call', { type: 'open-call', provider: 'none', account: 'a', details: {}, legs: [invitation('a', 1)] });
  one.give('call', { type: 'answer', leg: 'a' });
  return one;
}

const samples = new Float32Array(320).fill(0.25);
const prompts = [{ kind: 'text', text: 'x' }];
const media = { media: 'm', durationMs: 100 };

/** Of what takes microseconds each, a twentieth. */
const some = (n) => Math.ceil(n / 20);

/** What of the server grows with what a stranger sends, or with how long a call lasts. */
export default [
  {
    name: 'the action of a menu option, "menu(" and spaces',
    make: (n) => `menu(${' '.repeat(n)}`,
    run: readOptionAction,
  },
  {
    name: 'a prompt list of many items',
    make: (n) => '#tts[a];'.repeat(n),
    run: (list) => parsePrompts(list, {}),
  },
  {
    name: 'SVAML with many instructions',
    make: (n) => JSON.stringify({ instructions: Array.from({ length: n }, () => ({ name: 'say', text: 'x' })) }),
    run: (text) => parseSvaml(text, 'ice'),
  },
  {
    name: 'where JSON of many lines is malformed',
    make: (n) => Buffer.from(`[${'1,\n'.repeat(n)}x`),
    run: parseJson,
  },
  {
    name: 'a message of a media stream',
    make: (n) => JSON.stringify({ kind: 'AudioData', audioData: { data: 'AAAA'.repeat(n) } }),
    run: readInboundMessage,
  },
  { name: 'participants join a conference', make: some, run: joined },
  {
    name: 'every participant of a conference is muted',
    make: some,
    run: (n) => {
      const { give, room, legs } = joined(n);
      for (const leg of legs) give(room, { type: 'mute', leg, muted: true });
    },
  },
  {
    name: 'participants leave a conference one after the other',
    make: some,
    run: (n) => {
      const { give, room, legs } = joined(n);
      for (const leg of legs) give(room, { type: 'end-leg', leg, cause: 'hung-up' });
    },
  },
  {
    name: 'everybody in a conference is hung up on',
    make: some,
    run: (n) => {
      const { give, room } = joined(n);
      give(room, { type: 'end-call', cause: 'dropped' });
    },
  },
  {
    name: 'those who were invited to an ACS call decline',
    make: some,
    run: (n) => {
      const { give, legs } = acsCall(n);
      for (const leg of legs) give('call', { type: 'end-leg', leg, cause: 'declined' });
    },
  },
  {
    name: 'prompts of a long call',
    make: some,
    run: (n) => {
      const { give, move } = callOfOne();
      for (let index = 0; index < n; index++) {
        const operation = `play-${index}`;
        give('call', { type: 'play', operation, prompts, to: 'all', repeat: 1, interrupt: false });
        give('call', { type: 'media-ready', operation, index: 0, media });
        move(100);
        give('call', { type: 'timer-fired', timer: `play-end:${operation}` });
      }
    },
  },
  {
    name: 'prompts of one play',
    make: some,
    run: (n) => {
      const { give } = callOfOne();
      const all = Array.from({ length: n }, () => prompts[0]);
      give('call', { type: 'play', operation: 'p', prompts: all, to: 'all', repeat: 1, interrupt: false });
      for (let index = 0; index < n; index++) give('call', { type: 'media-ready', operation: 'p', index, media });
    },
  },
  {
    name: 'plays that wait for each other',
    make: some,
    run: (n) => {
      const { give, move } = callOfOne();
      for (let index = 0; index < n; index++) {
        const operation = `play-${index}`;
        give('call', { type: 'play', operation, prompts, to: ['a'], repeat: 1, interrupt: false });
        give('call', { type: 'media-ready', operation, index: 0, media });
      }
      for (let index = 0; index < n; index++) {
        move(100);
        give('call', { type: 'timer-fired', timer: `play-end:play-${index}` });
      }
    },
  },
  {
    name: 'frames of a media stream, both ways',
    make: some,
    run: (n) => {
      const { context, give, move, switchboard } = acsCall(1);
      give('call', { type: 'answer', leg: 'leg-0' });
      const track = context.liveAudio.begin('stream', 'stream');
      const sampleRate = 16_000;
      const inbound = new InboundAudio({
        operation: 'stream',
        track,
        sampleRate,
        clock: context.clock,
        give: (command) => give('call', command),
      });
      const wish = { channelType: 'mixed', sampleRate, without: 'none' };
      for (let index = 0; index < n; index++) {
        inbound.take({ kind: 'audio', samples });
        move(20);
        audioFrames(switchboard.call('call'), wish, context.clock.now(), context.media);
      }
    },
  },
  {
    name: 'samples that wait for their turn, one a message',
    make: (n) => n,
    run: (n) => {
      const room = new ByteBudget('stream-audio');
      const playout = new Playout(16_000, exchange().context.clock, () => {}, room);
      const sample = Buffer.alloc(2);
      for (let index = 0; index < n; index++) playout.take(sample);
    },
  },
];
