import * as fc from 'fast-check';
import { switchboardModules, switchboardOf } from '../switchboard.js';
import { nearJson } from './json-values.js';
import { joined, mutated, usually } from './mutations.js';

/** What senders of Sinch requests and answers to callbacks write; a row's shape is described in `fuzz.js`. */

const prompts = '#tts[Hello [you]];#ssml[<speak>a</speak>];#href[http://localhost/a.wav];welcome.wav;http://h/b.wav';
const callHeaders = [{ key: 'a', value: 'b' }];
const menus = [
  {
    id: 'main',
    mainPrompt: prompts,
    repeatPrompt: '#tts[again]',
    repeats: 3,
    maxDigits: 2,
    timeoutMills: 5000,
    maxTimeoutMills: 9000,
    options: [
      { dtmf: '1', action: 'menu(sub)' },
      { dtmf: '2', action: 'return( 42 )' },
    ],
  },
  { id: 'sub', mainPrompt: '#tts[sub]', options: [{ dtmf: '0', action: 'menu' }] },
];
/** Every instruction and every action, of which no place takes all. */
const instructions = [
  { name: 'say', text: 'Hello', locale: 'en-US/male' },
  { name: 'playFiles', ids: [prompts], locale: 'en-US' },
  { name: 'sendDtmf', value: '12w#' },
  { name: 'setCookie', key: 'k', value: 'v' },
  { name: 'answer' },
  {
    name: 'startRecording',
    options: {
      destinationUrl: 's3://bucket/folder',
      credentials: 'id:secret:eu',
      format: 'mp3',
      notificationEvents: true,
      transcriptionOptions: { enabled: true, locale: 'en-US' },
    },
  },
  { name: 'stopRecording' },
];
const actions = [
  { name: 'hangup' },
  { name: 'continue' },
  {
    name: 'connectPstn',
    number: '+12065550101',
    locale: 'en-US',
    maxDuration: 60,
    cli: '+46',
    dtmf: '1w',
    amd: { enabled: true, async: false },
    indications: 'se',
    suppressCallbacks: false,
  },
  { name: 'connectMxp', destination: { type: 'username', endpoint: 'u' }, callHeaders },
  {
    name: 'connectSip',
    destination: { endpoint: 'a@b.example' },
    transport: 'tls',
    maxDuration: 60,
    moh: 'ring',
    callHeaders,
  },
  {
    name: 'connectConf',
    conferenceId: 'c',
    conferenceDtmfOptions: { mode: 'detect', maxDigits: 2, timeoutMills: 9 },
    moh: 'music1',
  },
  {
    name: 'connectStream',
    destination: { type: 'Websocket', endpoint: 'wss://localhost/s' },
    streamingOptions: { version: 1, sampleRate: 8000 },
    callHeaders,
  },
  { name: 'park', introPrompt: prompts, holdPrompt: '#tts[wait]', maxDuration: 60, locale: 'en-US' },
  { name: 'runMenu', mainMenu: 'main', barge: true, enableVoice: true, locale: 'en-US', menus },
];
const samples = actions.map((action, index) => ({
  instructions: [instructions[index % instructions.length], instructions[(index + 3) % instructions.length]],
  action,
}));
const single = [...instructions.map((one) => ({ instructions: [one] })), ...actions.map((action) => ({ action }))];
const svaml = fc.oneof(nearJson(...single), nearJson(...samples));

const callout = {
  cli: '+12065550150',
  destination: { type: 'number', endpoint: '+12065550101' },
  custom: 'c',
  domain: 'pstn',
  enableAce: true,
  enablePie: true,
  enableDice: true,
};
const requests = {
  'POST /calling/v1/callouts': [
    { method: 'ttsCallout', ttsCallout: { ...callout, text: 'Hello', locale: 'en-US', dtmf: '1w' } },
    { method: 'ttsCallout', ttsCallout: { ...callout, prompts } },
    {
      method: 'conferenceCallout',
      conferenceCallout: {
        ...callout,
        conferenceId: 'c',
        greeting: 'Hi',
        mohClass: 'ring',
        conferenceDtmfOptions: { mode: 'forward' },
        maxDuration: 9,
      },
    },
    {
      method: 'customCallout',
      customCallout: { ...callout, ice: '{"action":{"name":"hangup"}}', ace: 'http://h/a', maxDuration: 9 },
    },
  ],
  'PATCH /calling/v1/calls/id/{callId}': single,
  'PATCH /calling/v1/calls/id/{callId}/leg/{callLeg}': single,
  'PATCH /calling/v1/conferences/id/{conferenceId}/{callId}': [{ command: 'onhold', moh: 'ring' }, { command: 'mute' }],
  'POST /v1/configuration/numbers': [{ numbers: ['+12065550150'], applicationkey: 'k', capability: 'voice' }],
  'DELETE /v1/configuration/numbers': [{ number: '+12065550150', applicationKey: 'k', capability: 'sms' }],
  'POST /v1/configuration/callbacks/applications/{applicationkey}': [{ url: { primary: 'http://h/a', fallback: '' } }],
};
const bodies = new Map(Object.entries(requests).map(([route, right]) => [route, nearJson(...right)]));
/** Those that have no body. */
const routes = [
  ...bodies.keys(),
  'GET /calling/v1/calls/id/{callId}',
  'GET /calling/v1/conferences/id/{conferenceId}',
  'DELETE /calling/v1/conferences/id/{conferenceId}',
  'DELETE /calling/v1/conferences/id/{conferenceId}/{callId}',
  'GET /v1/configuration/numbers',
  'GET /v1/configuration/callbacks/applications/{applicationkey}',
  'GET /v1/calling/query/number/{number}',
];

const forwarded = fc.array(
  fc.tuple(usually('X-CB-a', 'x-cb-b', 'accept', `x-cb-${'c'.repeat(40)}`), usually('v', 'é', 'v'.repeat(130))),
  { maxLength: 7 },
);

/** A call that was placed, as the first event of its history has it. */
const placed = {
  kind: 'call',
  origin: 'tts',
  from: '+12065550150',
  to: { type: 'number', endpoint: '+12065550101' },
  domain: 'pstn',
  forwardedHeaders: [],
  callbacks: { ace: true, pie: true, dice: true },
  whenAnswered: { instructions: [], action: { name: 'connectConf', conferenceId: 'c', conferenceDtmfOptions: {} } },
};
const leg = {
  leg: 'call.callee',
  party: { kind: 'phone', number: '+12065550101' },
  direction: 'outbound',
  ringTimeoutMs: 60_000,
};

export const parsers = [
  {
    name: 'Sinch: bodies of every operation',
    modules: [...switchboardModules, 'providers/sinch/operations/operations'],
    input: fc.constantFrom(...routes).chain((route) =>
      fc.record({
        route: fc.constant(route),
        body: fc.oneof(
          { weight: 15, arbitrary: bodies.get(route) ?? fc.constant('') },
          { weight: 1, arbitrary: fc.constantFrom('', 'null', '[]', '"a"', '{') },
        ),
        headers: forwarded,
        callId: usually('call', 'call', 'other'),
        callLeg: usually('caller', 'Callee', 'both'),
        conferenceId: usually('c'),
        number: mutated(usually('+12065550101', '+1 (206) 555-0101')),
        own: fc.boolean(),
      }),
    ),
    run({ operations, ...exports }, { route, body, headers, own, ...params }) {
      const { sinch, sinchAccount: account, give } = switchboardOf(exports);
      const { applicationKey } = account;
      const operation = operations.find(({ method, path }) => `${method} ${path}` === route);
      if (!operation) throw new Error(`no operation of Sinch is ${route}`);
      const details = { ...placed, inline: {} };
      give('call', { type: 'open-call', provider: 'sinch', account: applicationKey, details, legs: [leg] });
      give('call', { type: 'answer', leg: leg.leg });
      const about = () => {};
      const named = own ? { ...params, applicationkey: applicationKey } : { ...params, applicationkey: 'other' };
      JSON.stringify(operation.carryOut(Buffer.from(body), { account, params: named, headers, about }, sinch));
    },
    throws: ['SinchError'],
    share: 0.1,
  },
  {
    name: 'Sinch: answers to callbacks, played',
    modules: switchboardModules,
    input: fc.record({ ice: svaml, ace: svaml, pie: svaml, keys: fc.constantFrom('1', '2', '0', '9', '#') }),
    run(exports, { keys, ...inline }) {
      const { give, switchboard, sinchAccount } = switchboardOf(exports);
      const account = sinchAccount.applicationKey;
      const details = { ...placed, origin: 'custom', whenAnswered: undefined, inline };
      give('call', { type: 'open-call', provider: 'sinch', account, details, legs: [] });
      for (const { id } of switchboard.call('call').legs) {
        switchboard.dispatch('call', { type: 'answer', leg: id });
        switchboard.dispatch('call', { type: 'press', leg: id, tones: keys });
      }
      switchboard.dispatch('call', { type: 'end-call', cause: 'dropped' });
      JSON.stringify(switchboard.call('call'));
    },
    throws: [],
    share: 0.1,
  },
  {
    name: 'SVAML',
    modules: ['providers/sinch/program/parse-svaml'],
    input: fc.tuple(svaml, fc.constantFrom('ice', 'ace', 'pie', 'manage')),
    run({ parseSvaml }, [text, place]) {
      const read = parseSvaml(text, place);
      if (!read.ok && read.problem === '') throw new Error('no problem is named');
      if (read.ok) JSON.stringify(read.svaml);
    },
    throws: [],
    share: 0.5,
  },
  {
    name: 'what an option of a menu does',
    modules: ['providers/sinch/calls/menu'],
    input: mutated(usually('menu', 'return', 'menu(sub)', ' Return ( 42 ) ', 'menu()')),
    run: ({ readOptionAction }, text) => readOptionAction(text),
    throws: [],
  },
  {
    name: 'prompt lists',
    modules: ['providers/sinch/svaml/prompts'],
    input: mutated(
      fc
        .array(usually('#tts[a [b] c]', '#ssml[<speak>a</speak>]', '#SSML[a]', '#href[http://h/a]', 'a.wav', ''), {
          maxLength: 5,
        })
        .map((items) => items.join(';')),
    ),
    run: ({ parsePrompts }, list) => parsePrompts(list, {}),
    throws: [],
  },
  {
    name: 'Sinch: numbers, locales and spoken keys',
    modules: [
      'providers/sinch/state/party',
      'providers/sinch/protocol/country',
      'providers/sinch/svaml/locale',
      'providers/sinch/calls/spoken-digits',
    ],
    input: mutated(usually('+12065550101', '12065550101', 'en-US/male', 'cmn-CN', 'Joanna', 'one two 3 hash', 'SIP')),
    run({ countryOf, voiceOf, spokenDigits, readDestination, requireLeadingPlus }, text) {
      countryOf(text);
      voiceOf(text);
      if (!/^[0-9*#]*$/.test(spokenDigits(text))) throw new Error('what was said became what is no key');
      readDestination({ type: text, endpoint: text }, 'destination');
      requireLeadingPlus(text, 'number');
    },
    throws: ['SinchError'],
  },
  {
    name: 'Basic authorization',
    modules: ['providers/sinch/authentication/basic-authorization'],
    input: mutated(
      joined(
        '',
        usually('Basic ', 'basic  '),
        usually('key:secret', 'application\\key:secret', ':').map((text) => Buffer.from(text).toString('base64')),
      ),
    ),
    run: ({ isBasic, readBasicAuthorization }, text) => [isBasic(text), readBasicAuthorization(text)],
    throws: [],
  },
  {
    name: 'Sinch: messages of streams',
    modules: ['providers/sinch/streaming/stream-protocol', 'providers/sinch/streaming/wire-audio'],
    input: nearJson({ command: 'answer' }, { command: 'heartbeat', x: [1] }),
    run: ({ readStreamCommand, wireSamples }, text) => [readStreamCommand(text), wireSamples(Buffer.from(text))],
    throws: [],
  },
];
