import { existsIn, type ApiVersion } from '../protocol/api-versions.ts';

/**
 * The events of Call Automation, and the API version that introduced each. A connection gets only what its own version
 * knows: parsers of older SDKs throw on types they have not heard of.
 *
 * From the published specifications of 2023-03-06, 2023-10-15 and 2026-03-12, from the models of the official SDKs
 * between them, and from recordings. The version in which the events of 2024-09-15 and 2025-05-15 first became stable
 * is read from the operations they belong to.
 */
const eventVersions = {
  CallConnected: '2023-03-06',
  CallDisconnected: '2023-03-06',
  ParticipantsUpdated: '2023-03-06',
  AddParticipantSucceeded: '2023-03-06',
  AddParticipantFailed: '2023-03-06',
  RemoveParticipantSucceeded: '2023-03-06',
  RemoveParticipantFailed: '2023-03-06',
  CallTransferAccepted: '2023-03-06',
  CallTransferFailed: '2023-03-06',
  PlayCompleted: '2023-03-06',
  PlayFailed: '2023-03-06',
  PlayCanceled: '2023-03-06',
  RecognizeCompleted: '2023-03-06',
  RecognizeFailed: '2023-03-06',
  RecognizeCanceled: '2023-03-06',
  RecordingStateChanged: '2023-03-06',
  CancelAddParticipantSucceeded: '2023-10-15',
  CancelAddParticipantFailed: '2023-10-15',
  ContinuousDtmfRecognitionToneReceived: '2023-10-15',
  ContinuousDtmfRecognitionToneFailed: '2023-10-15',
  ContinuousDtmfRecognitionStopped: '2023-10-15',
  SendDtmfTonesCompleted: '2023-10-15',
  SendDtmfTonesFailed: '2023-10-15',
  PlayStarted: '2024-09-15',
  CreateCallFailed: '2024-09-15',
  AnswerFailed: '2024-09-15',
  ConnectFailed: '2024-09-15',
  HoldFailed: '2024-09-15',
  StartRecordingFailed: '2025-05-15',
  TranscriptionStarted: '2025-05-15',
  TranscriptionStopped: '2025-05-15',
  TranscriptionUpdated: '2025-05-15',
  TranscriptionFailed: '2025-05-15',
  MediaStreamingStarted: '2025-05-15',
  MediaStreamingStopped: '2025-05-15',
  MediaStreamingFailed: '2025-05-15',
  MoveParticipantSucceeded: '2026-03-12',
  MoveParticipantFailed: '2026-03-12',
} as const satisfies Readonly<Record<string, ApiVersion>>;

/** An event's name, without `Microsoft.Communication.` before it. */
export type AcsEventName = keyof typeof eventVersions;

/** All of them. */
export const acsEventNames = Object.keys(eventVersions) as readonly AcsEventName[];

/** Members of `data` that appeared in an event after the event itself. A dot reaches into objects and arrays. */
const memberVersions: readonly {
  readonly events: readonly AcsEventName[] | 'all';
  readonly member: string;
  readonly since: ApiVersion;
}[] = [
  {
    events: [
      'CallConnected',
      'CallDisconnected',
      'ParticipantsUpdated',
      'PlayCanceled',
      'RecognizeCanceled',
      'CancelAddParticipantSucceeded',
    ],
    member: 'resultInformation',
    since: '2024-09-15',
  },
  { events: ['RecordingStateChanged'], member: 'resultInformation', since: '2025-05-15' },
  { events: ['ParticipantsUpdated'], member: 'participants.isOnHold', since: '2024-09-15' },
  { events: ['PlayFailed', 'RecognizeFailed'], member: 'failedPlaySourceIndex', since: '2024-09-15' },
  { events: ['RecognizeCompleted'], member: 'choiceResult.confidence', since: '2025-05-15' },
  { events: ['RecognizeCompleted'], member: 'speechResult.confidence', since: '2025-05-15' },
  { events: ['RecordingStateChanged'], member: 'recordingKind', since: '2024-04-15' },
  { events: 'all', member: 'resultInformation.sipDetails', since: '2026-03-12' },
  { events: 'all', member: 'resultInformation.q850Details', since: '2026-03-12' },
];

/** Whether connections of `version` get an event at all. */
export function isKnownEvent(event: AcsEventName, version: ApiVersion): boolean {
  return existsIn(version, eventVersions[event]);
}

/** The `data` of an event as `version` knows it: what it does not know is `undefined`; the order of members is kept. */
export function dataForVersion(
  event: AcsEventName,
  data: Readonly<Record<string, unknown>>,
  version: ApiVersion,
): Readonly<Record<string, unknown>> {
  return laterMembers(event, version).reduce((result, path) => without(result, path), data);
}

/** Paths to the members of an event that came after a version; found out once, because events are many. */
function laterMembers(event: AcsEventName, version: ApiVersion): readonly Path[] {
  const key = `${event} of ${version}`;
  let paths = laterMembersOf.get(key);
  if (paths === undefined) {
    paths = memberVersions
      .filter(({ events, since }) => (events === 'all' || events.includes(event)) && !existsIn(version, since))
      .map(({ member }) => member.split('.'));
    laterMembersOf.set(key, paths);
  }
  return paths;
}

type Path = readonly string[];
const laterMembersOf = new Map<string, readonly Path[]>();

function without<Value>(value: Value, path: Path): Value {
  if (Array.isArray(value)) return value.map((item: unknown) => without(item, path)) as Value;
  const [step = '', ...rest] = path;
  if (typeof value !== 'object' || value === null || !(step in value)) return value;
  const member = value[step as keyof Value];
  return { ...value, [step]: rest.length === 0 ? undefined : without(member, rest) };
}
