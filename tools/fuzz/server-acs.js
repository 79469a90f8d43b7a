import * as fc from 'fast-check';
import { switchboardModules, switchboardOf } from '../switchboard.js';
import { changedJson, nearJson } from './json-values.js';
import { mutated, usually } from './mutations.js';
import { message } from './requests.js';

/** What senders of ACS requests write; a row's shape is described in `fuzz.js`. */

const phone = { kind: 'phoneNumber', phoneNumber: { value: '+12065550101' } };
const user = { communicationUser: { id: '8:acs:6b1f3e2a-0000-0000-0000-000000000000_0000-1' } };
const others = [
  { rawId: '4:+12065550101' },
  { microsoftTeamsUser: { userId: 'u', cloud: 'gcch', isAnonymous: false } },
  { microsoftTeamsApp: { appId: 'a', cloud: 'dod' } },
  { teamsExtensionUser: { userId: 'u', tenantId: 't', resourceId: 'r' } },
];
const context = { operationContext: 'c', operationCallbackUri: 'http://localhost:8080/e' };
const media = {
  callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://speech.example' },
  mediaStreamingOptions: {
    transportType: 'websocket',
    audioChannelType: 'unmixed',
    transportUrl: 'ws://localhost:9/s',
    contentType: 'audio',
    startMediaStreaming: false,
    enableBidirectional: true,
    audioFormat: 'pcm24KMono',
  },
  transcriptionOptions: { transportType: 'websocket', locale: 'en-US', transportUrl: 'ws://localhost:9/t' },
};
const spoken = { kind: 'text', text: { text: 'Hello', sourceLocale: 'en-US', voiceKind: 'female', voiceName: 'x' } };
const ssml = { kind: 'ssml', ssml: { ssmlText: '<speak version="1.0">Hi</speak>' } };
const file = { kind: 'file', playSourceCacheId: 'i', file: { uri: 'http://localhost/a.wav' } };
const calling = { customCallingContext: { voipHeaders: { a: 'b' }, sipHeaders: { 'X-MS-Custom-a': 'b' } } };
const incoming = 'eyJhbGciOiJub25lIn0.eyJjYyI6ImNhbGwiLCJsZWciOiJsZWctMSJ9.';

/** A number of the account's own, which its application answers. */
const own = { kind: 'phoneNumber', phoneNumber: { value: '+12065550100' } };

/** Bodies that are right, by the ends of operations' ids; an operation that is none of these takes any of them. */
const bodies = {
  CreateCall: [
    { targets: [phone], callbackUri: 'http://localhost/cb', sourceCallerIdNumber: { value: '+12065550100' }, ...media },
    {
      targets: [user, ...others.slice(1)],
      callbackUri: 'https://h/cb',
      source: { id: '8:acs:x' },
      sourceDisplayName: 'n',
    },
    { targets: [own], callbackUri: 'http://localhost/cb', sourceCallerIdNumber: { value: '+12065550100' } },
  ],
  AnswerCall: [
    { incomingCallContext: incoming, callbackUri: 'http://localhost/cb', answeredBy: { id: '8:acs:x' }, ...media },
  ],
  RedirectCall: [{ incomingCallContext: incoming, target: phone, ...calling }],
  RejectCall: [{ incomingCallContext: incoming, callRejectReason: 'busy' }],
  Connect: [
    { callLocator: { kind: 'groupCallLocator', groupCallId: 'g' }, callbackUri: 'http://localhost/cb', ...media },
    { callLocator: { kind: 'serverCallLocator', serverCallId: 'aHR0cHM6Ly9o' }, callbackUri: 'http://localhost/cb' },
    { callLocator: { kind: 'roomCallLocator', roomId: 'r' }, callbackUri: 'http://localhost/cb' },
  ],
  Play: [{ playSources: [spoken, ssml, file], playTo: [phone], playOptions: { loop: true }, ...context }],
  Recognize: [
    {
      recognizeInputType: 'choices',
      playPrompts: [spoken],
      recognizeOptions: {
        targetParticipant: phone,
        initialSilenceTimeoutInSeconds: 5,
        choices: [{ label: 'Confirm', phrases: ['yes'], tone: 'one' }],
        speechLanguage: 'en-US',
      },
      ...context,
    },
    {
      recognizeInputType: 'speechOrDtmf',
      playPrompt: spoken,
      recognizeOptions: {
        targetParticipant: phone,
        dtmfOptions: { interToneTimeoutInSeconds: 2, maxTonesToCollect: 4, stopTones: ['pound'] },
        speechOptions: { endSilenceTimeoutInMs: 500 },
      },
    },
  ],
  ContinuousDtmfRecognition: [{ targetParticipant: phone, ...context }],
  SendDtmfTones: [{ tones: ['zero', 'pound', 'asterisk'], targetParticipant: phone, ...context }],
  Hold: [{ targetParticipant: phone, playSourceInfo: spoken, ...context }],
  Unhold: [{ targetParticipant: phone, ...context }],
  Transcription: [{ locale: 'en-US', speechModelEndpointId: 's', ...context }],
  MediaStreaming: [context],
  TransferToParticipant: [{ targetParticipant: user, transferee: phone, ...context, ...calling }],
  AddParticipant: [
    { participantToAdd: { rawId: '4:+12065550102' }, sourceCallerIdNumber: { value: '+12065550100' }, ...calling },
    { participantToAdd: user, invitationTimeoutInSeconds: 30, ...context },
    { participantToAdd: own, sourceCallerIdNumber: { value: '+12065550100' }, ...calling },
  ],
  RemoveParticipant: [{ participantToRemove: phone, ...context }],
  Mute: [{ targetParticipants: [phone], operationContext: 'c' }],
  CancelAddParticipant: [{ invitationId: 'leg-2', ...context }],
  MoveParticipants: [{ targetParticipants: [phone], fromCall: 'call', ...context }],
  StartRecording: [
    {
      callLocator: { kind: 'serverCallLocator', serverCallId: 'aHR0cHM6Ly9o' },
      recordingStateCallbackUri: 'http://localhost/r',
      recordingContentType: 'audio',
      recordingChannelType: 'unmixed',
      recordingFormatType: 'wav',
      audioChannelParticipantOrdering: [phone],
      channelAffinity: [{ channel: 0, participant: phone }],
      pauseOnStart: true,
    },
    { callConnectionId: 'call', recordingChannelType: 'mixed', recordingFormatType: 'mp3' },
  ],
};
const every = Object.values(bodies).flat();
const byKind = new Map(Object.entries(bodies).map(([end, samples]) => [end, nearJson(...samples)]));
const anyBody = nearJson(...every);

/** A call with one party that is there, and one that is rung. */
function callOf(exports) {
  const one = switchboardOf(exports);
  const leg = (id, number) => ({
    leg: id,
    party: { kind: 'phone', number },
    direction: 'outbound',
    ringTimeoutMs: 60_000,
  });
  const connection = {
    id: 'call',
    origin: 'created',
    apiVersion: '2026-03-12',
    callbackUri: 'http://localhost',
    source: 'app',
    application: 'app',
    sourceDisplayName: '',
    targets: ['4:+12065550101'],
    sourceCallerIdNumber: '+12065550100',
    cognitiveServicesEndpoint: 'https://speech.example',
  };
  const { resourceId } = one.acsAccount;
  const details = { connection };
  one.give('call', {
    type: 'open-call',
    provider: 'acs',
    account: resourceId,
    details,
    legs: [leg('leg-1', '+12065550101')],
  });
  one.give('call', { type: 'answer', leg: 'leg-1' });
  return one;
}

/** As `development-token.ts` has it. */
const issuer = 'https://sts.countersign.localhost/c0157e51-0000-4000-8000-0000000000aa/';

const kinds = fc.constantFrom(...byKind.keys());

export const parsers = [
  {
    name: 'ACS: bodies of every operation',
    modules: [...switchboardModules, 'providers/acs/operations/operations'],
    input: kinds.chain((kind) =>
      fc.record({
        kind: fc.constant(kind),
        body: fc.oneof({ weight: 15, arbitrary: byKind.get(kind) }, { weight: 1, arbitrary: anyBody }),
        which: fc.nat(),
        version: fc.constantFrom('2026-03-12', '2026-03-12', '2024-09-15', '2023-03-06'),
        id: usually('call', 'call', 'call', 'leg-1'),
      }),
    ),
    run({ operations, ...exports }, { kind, body, which, version, id }) {
      const { acs, acsAccount: account } = callOf(exports);
      const fitting = operations.filter(({ operationId }) => operationId.endsWith(kind));
      if (fitting.length === 0) throw new Error(`no operation of ACS is called …${kind}`);
      const params = { callConnectionId: id, participantRawId: id, recordingId: id };
      const { carryOut } = fitting[which % fitting.length];
      JSON.stringify(carryOut(Buffer.from(body), { account, apiVersion: version, params }, acs));
    },
    throws: ['AcsError'],
    share: 0.1,
  },
  {
    name: 'ACS: telephone numbers',
    modules: ['providers/acs/protocol/identifiers'],
    input: mutated(usually('+12065550101', 'anonymous', '+12065550101_1', '12065550101')),
    run({ checkNumber }, text) {
      checkNumber(text, 'targets[0]');
      if (!/^(?:anonymous$|\+[1-9])/.test(text)) throw new Error(`${text} passes for a number`);
    },
    throws: ['AcsError'],
  },
  {
    name: 'ACS: raw ids',
    modules: ['providers/acs/protocol/identifiers'],
    input: mutated(
      usually(
        '4:+12065550101',
        '4:anonymous',
        '4:+12065550101_1',
        '8:acs:6b1f_0000',
        '8:orgid:u',
        '8:dod-acs:r_t_u',
        '8:teamsvisitor:v',
        '28:gcch:a',
        '8:spool:x',
      ),
    ),
    run({ identifierModel, partyOf, rawIdOf, readIdentifier }, rawId) {
      const model = identifierModel(rawId);
      if (model.rawId !== rawId || rawIdOf(partyOf(rawId)) !== rawId) throw new Error(`${rawId} became another id`);
      const { kind, ...members } = model;
      readIdentifier({ rawId }, 'target');
      if (kind !== 'unknown') readIdentifier({ kind, ...members }, 'target');
    },
    throws: ['AcsError'],
  },
  {
    name: 'ACS: contexts of incoming calls, and server call ids',
    modules: ['providers/acs/requests/incoming-call-context', 'providers/acs/protocol/derived-ids'],
    input: mutated(
      changedJson({ cc: 'call', leg: 'leg-1' }).map(
        (payload) => `eyJhbGciOiJub25lIn0.${Buffer.from(payload).toString('base64url')}.`,
      ),
    ),
    run({ readIncomingCallContext, callOfServerCallId }, text) {
      callOfServerCallId(text);
      readIncomingCallContext(text);
    },
    throws: ['AcsError'],
    share: 0.5,
  },
  {
    name: 'ACS: versions in queries',
    modules: ['providers/acs/requests/request-version'],
    input: fc.tuple(message, mutated(usually('/c?api-version=2026-03-12', '/c?a=%zz&API-Version=2023-03-06&b'))),
    run({ requestVersion }, [one, target]) {
      requestVersion({ ...one, target }, '2024-09-15');
    },
    throws: ['AcsError'],
    share: 0.5,
  },
  {
    name: 'ACS: ranges of recordings',
    modules: ['providers/acs/recordings/byte-range'],
    input: fc.tuple(
      mutated(usually('bytes=0-99', 'bytes=5-', 'bytes=-5', 'bytes=0-0,2-3', 'bytes=99999999999999999999-')),
      fc.constantFrom(0, 1, 100),
    ),
    run({ byteRange }, [header, length]) {
      const range = byteRange(header, length);
      if (range === undefined || range === 'unsatisfiable') return;
      const { from, to } = range;
      if (!(Number.isInteger(from) && Number.isInteger(to) && 0 <= from && from <= to && to < length))
        throw new Error(`${header} of ${length} bytes became ${from} to ${to}`);
    },
    throws: [],
  },
  {
    name: 'ACS: messages of media streams',
    modules: ['providers/acs/streaming/inbound-message'],
    input: nearJson(
      { kind: 'AudioData', audioData: { data: 'AAAAAAAA', timestamp: 't', silent: false } },
      { Kind: 'StopAudio', StopAudio: {} },
    ),
    run: ({ readInboundMessage }, message_) => readInboundMessage(message_),
    throws: [],
  },
  {
    name: 'bearer tokens',
    modules: ['providers/acs/authentication/bearer-token', 'providers/acs/accounts/account'],
    input: mutated(
      fc
        .tuple(
          changedJson({ alg: 'RS256', typ: 'JWT', kid: 'k' }, { alg: 'none' }, { alg: 'HS256', crit: ['b64'] }),
          changedJson({ iss: issuer, aud: 'https://communication.azure.com', exp: 1_816_800_887, nbf: 1 }),
          usually('', 'AAAA', Buffer.alloc(256, 1).toString('base64url')),
        )
        .map(([header, claims, signature]) =>
          [header, claims]
            .map((part) => Buffer.from(part).toString('base64url'))
            .concat(signature)
            .join('.'),
        ),
    ),
    async run({ BearerTokens, acsAccount }, token) {
      const account = acsAccount.development();
      const verdict = await new BearerTokens([account]).verify(token, account, new Date(1_716_800_887_000));
      if (verdict.ok) throw new Error('a token that nobody signed is taken');
      if (typeof verdict.summary !== 'string' || verdict.code === '') throw new Error('no reason is given');
    },
    throws: [],
    share: 0.2,
  },
];
