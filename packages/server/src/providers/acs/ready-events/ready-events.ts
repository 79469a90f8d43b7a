import { developmentAccount } from '@countersign/core/development-account';
import type { EventProof, ReadyEvent, ReadyOccasion } from '../../ready-event.ts';
import { newestApiVersion } from '../protocol/api-versions.ts';
import { correlationIdOf, derivedUuid, serverCallIdOf } from '../protocol/derived-ids.ts';
import { connectionEvent, participantsUpdated, transferAccepted, transferFailed } from '../events/call-events.ts';
import { dtmfEvent, toneReceived } from '../events/dtmf-events.ts';
import { cloudEvent, type AcsEvent } from '../events/envelope.ts';
import type { AcsEventName } from '../events/event-versions.ts';
import { cancelAddFailed, cancelAddSucceeded, moveEvent, participantEvent } from '../events/participant-events.ts';
import { holdFailed, playCanceled, playCompleted, playFailed, playStarted } from '../events/play-events.ts';
import { recognizeCanceled, recognizeCompleted, recognizeFailed } from '../events/recognize-events.ts';
import { recordingStateChanged } from '../events/recording-events.ts';
import { results } from '../events/results.ts';
import { streamEvent } from '../events/streaming-events.ts';
import { eventTokenId } from '../authentication/event-token.ts';
import { identifierModel } from '../protocol/identifiers.ts';
import { eventHeaders } from '../reactions/react.ts';
import { failureEvent } from '../reactions/failures.ts';
import { gridReadyEvents } from './ready-grid-events.ts';

/** The operation context that ready events carry, as if the operation had been asked with it. */
const context = 'countersign-emit';

const phone = identifierModel('4:+12065550111');
const application = identifierModel(`8:acs:${developmentAccount.acs.resourceId}_${derivedUuid('ready-event', 'user')}`);
const uuidOf = (what: string, { call }: ReadyOccasion): string => derivedUuid('ready-event', what, call);

/** Makes an event, and says when it is sent. */
interface Recipe {
  readonly when: string;
  readonly event: (occasion: ReadyOccasion) => AcsEvent;
}

/** One recipe for every event that there is: the type holds that none is missing. */
const recipes: Readonly<Record<AcsEventName, Recipe>> = {
  CallConnected: of('the call is connected', () => connectionEvent('CallConnected', context)),
  CallDisconnected: of('the call is over', () =>
    connectionEvent('CallDisconnected', context, results['ended-by-callee']),
  ),
  CreateCallFailed: of('nobody answers the call', () =>
    connectionEvent('CreateCallFailed', context, { code: 486, subCode: 560_486, message: 'Busy Here.' }),
  ),
  AnswerFailed: of('an incoming call cannot be answered', () =>
    connectionEvent('AnswerFailed', context, results.unknown),
  ),
  ConnectFailed: of('the application cannot join a call', () =>
    connectionEvent('ConnectFailed', context, results.unknown),
  ),
  ParticipantsUpdated: of('somebody came, left, or was muted', () =>
    participantsUpdated(
      [phone, application].map((identifier) => ({ identifier, isMuted: false, isOnHold: false })),
      1,
    ),
  ),
  AddParticipantSucceeded: of('an invited party has joined', () =>
    participantEvent('AddParticipantSucceeded', phone, context),
  ),
  AddParticipantFailed: of('an invited party did not join', () =>
    participantEvent('AddParticipantFailed', phone, context, results.unknown),
  ),
  RemoveParticipantSucceeded: of('a party was removed', () =>
    participantEvent('RemoveParticipantSucceeded', phone, context),
  ),
  RemoveParticipantFailed: of('a party could not be removed', () =>
    participantEvent('RemoveParticipantFailed', phone, context, results.unknown),
  ),
  CancelAddParticipantSucceeded: of('an invitation was withdrawn', (occasion) =>
    cancelAddSucceeded(uuidOf('invitation', occasion), phone.rawId, context),
  ),
  CancelAddParticipantFailed: of('an invitation could not be withdrawn', (occasion) =>
    cancelAddFailed(uuidOf('invitation', occasion), context, results.unknown),
  ),
  MoveParticipantSucceeded: of('a party came from another call', (occasion) =>
    moveEvent('MoveParticipantSucceeded', phone, uuidOf('other call', occasion), context),
  ),
  MoveParticipantFailed: of('a party could not be moved', (occasion) =>
    moveEvent('MoveParticipantFailed', phone, uuidOf('other call', occasion), context, results.unknown),
  ),
  CallTransferAccepted: of('the target of a transfer took the call', () =>
    transferAccepted(context, phone, application),
  ),
  CallTransferFailed: of('the target of a transfer did not take the call', () =>
    transferFailed(context, results.unknown),
  ),
  PlayStarted: of('a prompt begins', () => playStarted(context)),
  PlayCompleted: of('a prompt was heard to its end', () => playCompleted(context)),
  PlayFailed: of('a prompt could not be played', () => playFailed(context, results['file-download'], 0)),
  PlayCanceled: of('a prompt was cut short', () => playCanceled(context)),
  RecognizeCompleted: of('keys were pressed', () =>
    recognizeCompleted(context, { kind: 'tones', tones: '1234', ended: 'max-tones' }),
  ),
  RecognizeFailed: of('nobody said or pressed anything', () => recognizeFailed(context, results['initial-silence'])),
  RecognizeCanceled: of('recognition was cut short', () => recognizeCanceled(context)),
  HoldFailed: of('a party could not be put on hold', () => holdFailed(context, results.unknown)),
  RecordingStateChanged: of('a recording begins', (occasion) =>
    recordingStateChanged(uuidOf('recording', occasion), 'active', occasion.at.getTime()),
  ),
  StartRecordingFailed: of('a recording cannot be made', (occasion) =>
    failureEvent(
      { event: 'StartRecordingFailed', result: results.unknown, recordingId: uuidOf('recording', occasion) },
      context,
    ),
  ),
  ContinuousDtmfRecognitionToneReceived: of('a key was pressed', () => toneReceived(context, '5', 1)),
  ContinuousDtmfRecognitionToneFailed: of('listening for keys failed', () =>
    dtmfEvent('ContinuousDtmfRecognitionToneFailed', context, results.unknown),
  ),
  ContinuousDtmfRecognitionStopped: of('listening for keys was stopped', () =>
    dtmfEvent('ContinuousDtmfRecognitionStopped', context, results['dtmf-stopped']),
  ),
  SendDtmfTonesCompleted: of('tones were sent', () =>
    dtmfEvent('SendDtmfTonesCompleted', context, results['action-completed']),
  ),
  SendDtmfTonesFailed: of('tones could not be sent', () => dtmfEvent('SendDtmfTonesFailed', context, results.unknown)),
  TranscriptionStarted: of('transcription begins', () => streamEvent('transcription', 'started', context)),
  TranscriptionStopped: of('transcription is over', () => streamEvent('transcription', 'stopped', context)),
  TranscriptionUpdated: of('transcription has another language', () =>
    streamEvent('transcription', 'updated', context),
  ),
  TranscriptionFailed: of('transcription cannot be sent', () => streamEvent('transcription', 'failed', context)),
  MediaStreamingStarted: of('audio is being streamed', () => streamEvent('media', 'started', context)),
  MediaStreamingStopped: of('audio is streamed no longer', () => streamEvent('media', 'stopped', context)),
  MediaStreamingFailed: of('audio cannot be streamed', () => streamEvent('media', 'failed', context)),
};

/** Further forms of events that have several. */
const forms: Readonly<Record<`${AcsEventName}.${string}`, Recipe>> = {
  'RecognizeCompleted.choice': of('one of the choices was said', () =>
    recognizeCompleted(context, { kind: 'choice', label: 'Confirm', recognized: 'confirm', by: 'phrase' }),
  ),
  'RecognizeCompleted.speech': of('something was said', () =>
    recognizeCompleted(context, { kind: 'speech', text: 'I would like to book a table.' }),
  ),
};

function of(when: string, event: Recipe['event']): Recipe {
  return { when, event };
}

const proof: EventProof = { by: 'token', token: eventTokenId };

/** Every event of Call Automation, and what Event Grid tells of calls and text messages. */
export const acsReadyEvents: readonly ReadyEvent[] = [
  ...Object.entries({ ...recipes, ...forms }).map(([name, { when, event }]) => ({
    name,
    when,
    proof,
    headers: eventHeaders,
    body: (occasion: ReadyOccasion) => {
      const callConnectionId = uuidOf('connection', occasion);
      const envelope = cloudEvent(event(occasion), {
        apiVersion: newestApiVersion,
        identity: {
          callConnectionId,
          serverCallId: serverCallIdOf(uuidOf('call', occasion)),
          correlationId: correlationIdOf(callConnectionId),
        },
        occasion: [],
        atMs: occasion.at.getTime(),
      });
      return JSON.stringify([envelope]);
    },
  })),
  ...gridReadyEvents,
];
