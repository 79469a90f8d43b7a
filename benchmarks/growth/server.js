import { switchboardModules, switchboardOf } from '../../tools/switchboard.js';

/** What of the server grows with what a stranger sends, or with how long a call lasts; a row's shape is that of `core.js`. */

const phone = (number) => ({ kind: 'phone', number: `+4670${number}` });
const invitation = (leg, number) => ({ leg, party: phone(number), direction: 'outbound', ringTimeoutMs: 60_000 });

/** An ACS call that an application created, with `n` participants; nobody listens to its events. */
function acsCall(exports, n) {
  const one = switchboardOf(exports);
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
function conference(exports, n) {
  const one = switchboardOf(exports);
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

function joined(exports, n) {
  const room = conference(exports, n);
  for (const [index, call] of room.calls.entries()) room.give(call, { type: 'answer', leg: room.legs[index] });
  const [first] = room.switchboard.calls();
  return { ...room, room: first.id };
}

/** A call of no provider, with one party in it. */
function callOfOne(exports) {
  const one = switchboardOf(exports);
  one.give('call', { type: 'open-call', provider: 'none', account: 'a', details: {}, legs: [invitation('a', 1)] });
  one.give('call', { type: 'answer', leg: 'a' });
  return one;
}

const samples = new Float32Array(320).fill(0.25);
const prompts = [{ kind: 'text', text: 'x' }];
const media = { media: 'm', durationMs: 100 };

/** Of what takes microseconds each, a twentieth; `npm test` tries a twentieth of that. */
const inCall = { modules: switchboardModules, fewer: 20, shorter: 20 };

export const rows = [
  {
    name: 'the action of a menu option, "menu(" and spaces',
    modules: ['providers/sinch/calls/menu'],
    make: (n) => `menu(${' '.repeat(n)}`,
    run: ({ readOptionAction }, text) => readOptionAction(text),
  },
  {
    name: 'a prompt list of many items',
    modules: ['providers/sinch/svaml/prompts'],
    make: (n) => '#tts[a];'.repeat(n / 8),
    run: ({ parsePrompts }, list) => parsePrompts(list, {}),
  },
  {
    name: 'SVAML with many instructions',
    modules: ['providers/sinch/program/parse-svaml'],
    shorter: 4,
    make: (n) => JSON.stringify({ instructions: Array.from({ length: n / 25 }, () => ({ name: 'say', text: 'x' })) }),
    run: ({ parseSvaml }, text) => parseSvaml(text, 'ice'),
  },
  {
    name: 'where JSON of many lines is malformed',
    modules: ['http/json-syntax'],
    make: (n) => Buffer.from(`[${'1,\n'.repeat(n / 3)}x`),
    run: ({ parseJson }, bytes) => parseJson(bytes),
  },
  {
    name: 'a message of a media stream',
    modules: ['providers/acs/streaming/inbound-message'],
    // Short ones are decoded without memory of their own, which takes half the time.
    make: (n) => JSON.stringify({ kind: 'AudioData', audioData: { data: 'AAAA'.repeat(n) } }),
    run: ({ readInboundMessage }, text) => readInboundMessage(text),
  },
  {
    name: 'the problems of an object with many members',
    modules: ['http/json-shape', 'config/config-schema'],
    shorter: 8,
    make: (n) => Object.fromEntries(Array.from({ length: n / 8 }, (_, index) => [`m${index}`, 1])),
    run: ({ shapeOf, configSchema }, value) => shapeOf(configSchema)(value),
  },
  {
    name: 'a target of escapes',
    modules: ['http/request-target'],
    make: (n) => `/${'%c3%a9%zz'.repeat(n / 9)}`,
    run: ({ routableTarget }, target) => routableTarget(target),
  },
  {
    name: 'a host of dots',
    modules: ['http/own-names'],
    make: (n) => '.'.repeat(n),
    run: ({ OwnNames }, host) => new OwnNames().has(host),
  },
  {
    name: 'a callback URL of labels',
    modules: ['callbacks/callback-url'],
    make: (n) => `http://${'a.'.repeat(n / 2)}example/`,
    run: ({ callbackUrlProblem }, url) => callbackUrlProblem(url, { strict: false, allowPublicHttp: false }),
  },
  {
    name: 'an address of a phone, spaces',
    modules: ['engine/address'],
    make: (n) => `+1${' '.repeat(n)}x`,
    run: ({ canonicalizeAddress }, address) => canonicalizeAddress(address),
  },
  {
    name: 'a raw id of ACS',
    modules: ['providers/acs/protocol/identifiers'],
    make: (n) => `8:acs:${'a_'.repeat(n / 2)}`,
    run: ({ identifierModel }, rawId) => identifierModel(rawId),
  },
  {
    name: 'a query with many parameters',
    modules: ['providers/acs/requests/request-version'],
    make: (n) => ({ target: `/?${'a=b&'.repeat(n / 4)}` }),
    run: ({ queryVersion }, message) => queryVersion(message),
  },
  {
    name: 'what was said, as keys',
    modules: ['providers/sinch/calls/spoken-digits'],
    make: (n) => 'one, '.repeat(n / 5),
    run: ({ spokenDigits }, text) => spokenDigits(text),
  },
  {
    name: 'Basic authorization',
    modules: ['providers/sinch/authentication/basic-authorization'],
    make: (n) => `Basic ${' '.repeat(n / 2)}${'A'.repeat(n / 2)}!`,
    run: ({ readBasicAuthorization }, text) => readBasicAuthorization(text),
  },
  { name: 'participants join a conference', ...inCall, make: (n) => n, run: joined },
  {
    name: 'every participant of a conference is muted',
    ...inCall,
    make: (n) => n,
    run: (exports, n) => {
      const { give, room, legs } = joined(exports, n);
      for (const leg of legs) give(room, { type: 'mute', leg, muted: true });
    },
  },
  {
    name: 'participants leave a conference one after the other',
    ...inCall,
    make: (n) => n,
    run: (exports, n) => {
      const { give, room, legs } = joined(exports, n);
      for (const leg of legs) give(room, { type: 'end-leg', leg, cause: 'hung-up' });
    },
  },
  {
    name: 'everybody in a conference is hung up on',
    ...inCall,
    make: (n) => n,
    run: (exports, n) => {
      const { give, room } = joined(exports, n);
      give(room, { type: 'end-call', cause: 'dropped' });
    },
  },
  {
    name: 'those who were invited to an ACS call decline',
    ...inCall,
    make: (n) => n,
    run: (exports, n) => {
      const { give, legs } = acsCall(exports, n);
      for (const leg of legs) give('call', { type: 'end-leg', leg, cause: 'declined' });
    },
  },
  {
    name: 'prompts of a long call',
    ...inCall,
    make: (n) => n,
    run: (exports, n) => {
      const { give, move } = callOfOne(exports);
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
    ...inCall,
    make: (n) => n,
    run: (exports, n) => {
      const { give } = callOfOne(exports);
      const all = Array.from({ length: n }, () => prompts[0]);
      give('call', { type: 'play', operation: 'p', prompts: all, to: 'all', repeat: 1, interrupt: false });
      for (let index = 0; index < n; index++) give('call', { type: 'media-ready', operation: 'p', index, media });
    },
  },
  {
    name: 'plays that wait for each other',
    ...inCall,
    make: (n) => n,
    run: (exports, n) => {
      const { give, move } = callOfOne(exports);
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
    name: 'keys pressed and a party held while plays wait for each other',
    ...inCall,
    shorter: 2,
    make: (n) => n,
    run: (exports, n) => {
      const { give } = callOfOne(exports);
      for (let index = 0; index < n; index++) {
        give('call', { type: 'play', operation: `play-${index}`, prompts, to: ['a'], repeat: 1, interrupt: false });
      }
      for (let index = 0; index < n; index++) {
        give('call', { type: 'press', leg: 'a', tones: '1' });
        give('call', { type: 'hold', leg: 'a', held: index % 2 === 0 });
      }
    },
  },
  {
    name: 'frames of a media stream, both ways',
    ...inCall,
    modules: [...switchboardModules, 'providers/acs/streaming/audio-frames', 'providers/acs/streaming/inbound-audio'],
    make: (n) => n,
    run: (exports, n) => {
      const { context, give, move, switchboard } = acsCall(exports, 1);
      give('call', { type: 'answer', leg: 'leg-0' });
      const track = context.liveAudio.begin('stream', 'stream');
      const sampleRate = 16_000;
      const inbound = new exports.InboundAudio({
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
        exports.audioFrames(switchboard.call('call'), wish, context.clock.now(), context.media);
      }
    },
  },
  {
    name: 'prompts and timers that a call waits for, at one time',
    modules: ['switchboard/effects'],
    shorter: 4,
    make: (n) => n,
    run: async ({ Effects }, n) => {
      const ready = [];
      const effects = new Effects({
        clock: { now: () => 0, after: () => () => {}, awaiting: (work) => work },
        prepareMedia: () => new Promise((resolve) => ready.push(() => resolve(media))),
        dispatch: () => {},
      });
      for (let index = 0; index < n; index++) {
        const operation = `play-${index}`;
        effects.follow({ type: 'media-wanted', call: 'call', operation, index: 0, prompt: prompts[0] });
        effects.follow({ type: 'timer-set', call: 'call', timer: { id: operation, dueAtMs: 1 } });
      }
      for (let index = 0; index < n; index++) {
        effects.follow({ type: 'play-canceled', call: 'call', operation: `play-${index}`, why: 'requested' });
        effects.follow({ type: 'timer-fired', call: 'call', timer: `play-${index}` });
      }
      for (const make of ready) make();
      await new Promise((resolve) => setImmediate(resolve));
    },
  },
  {
    name: 'events of many accounts, each with a subscription',
    modules: ['providers/acs/event-grid/event-grid'],
    fewer: 4,
    make: (n) =>
      Array.from({ length: n }, (_, index) => ({ resourceId: `${index}`, eventGridEndpoint: 'http://localhost/grid' })),
    run: ({ EventGrid }, accounts) => {
      const eventGrid = new EventGrid(
        accounts,
        () => {},
        () => {},
      );
      for (const { resourceId } of accounts) {
        eventGrid.admit({ id: resourceId, call: resourceId, event: 'CallConnected' }, 0);
      }
    },
  },
  {
    name: 'samples that wait for their turn, one a message',
    modules: [
      ...switchboardModules,
      'bounded/byte-budget',
      'providers/sinch/protocol/bounds',
      'providers/sinch/streaming/playout',
    ],
    make: (n) => n,
    run: (exports, n) => {
      const playout = new exports.Playout(
        16_000,
        switchboardOf(exports).context.clock,
        () => {},
        new exports.ByteBudget(exports.sinchBounds['stream-audio']),
      );
      for (let index = 0; index < n; index++) playout.take(samples.subarray(0, 1));
    },
  },
];
