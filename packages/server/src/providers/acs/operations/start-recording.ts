import { array, boolean, choice, integer, object, optional, string } from '../../../json-schema/schema.ts';
import { findLocatedCall } from '../requests/call-locator.ts';
import { checkCallbackUri } from '../requests/callback-uri.ts';
import { bodyDecoder, since } from '../protocol/body.ts';
import { acsError } from '../protocol/errors.ts';
import { failsByFault } from '../requests/faults.ts';
import { dispatch, findConnected, stateOf } from '../requests/find-call.ts';
import { readIdentifier } from '../protocol/identifiers.ts';
import { defineOperation } from '../requests/operation.ts';
import type { RecordingDetails } from '../recordings/recording-details.ts';
import { recordingState } from '../recordings/recording-state.ts';
import { callLocator } from '../schemas/call-options.ts';
import { identifier } from '../schemas/identifier.ts';

const body = bodyDecoder(
  object({
    callLocator: optional(callLocator),
    callConnectionId: since('2025-05-15', optional(string())),
    recordingStateCallbackUri: optional(string()),
    recordingContentType: optional(choice(['audio', 'audioVideo'])),
    recordingChannelType: optional(choice(['mixed', 'unmixed'])),
    recordingFormatType: optional(choice(['wav', 'mp3', 'mp4'])),
    audioChannelParticipantOrdering: optional(array(identifier)),
    channelAffinity: optional(
      array(
        object({
          channel: optional(integer({ minimum: 0, maximum: 4 })),
          participant: identifier,
        }),
      ),
    ),
    pauseOnStart: since('2024-04-15', optional(boolean())),
  }),
);

/**
 * Records a call, as WAV or MP3; MP4 becomes WAV.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/callautomation/call-recording/start-recording
 */
export const startRecording = defineOperation({
  operationId: 'CallRecording_StartRecording',
  method: 'POST',
  path: '/calling/recordings',
  since: '2023-03-06',
  repeatable: true,
  body,
  handle: (request, acs) => {
    const { body: asked, account, apiVersion } = request;
    const { recordingStateCallbackUri: callbackUri, callConnectionId } = asked;
    if (callbackUri !== undefined) checkCallbackUri(callbackUri, 'RecordingStateCallbackUri', acs);
    if (asked.callLocator === undefined && callConnectionId === undefined) {
      throw acsError('invalid-argument', { message: 'The callLocator field is required.', target: 'callLocator' });
    }
    if (asked.recordingChannelType === 'unmixed' && asked.recordingFormatType === 'mp3') {
      const message = 'The field RecordingFormatType must be wav for unmixed recordings.';
      throw acsError('invalid-argument', { message, target: 'recordingFormatType' });
    }
    const call =
      callConnectionId === undefined
        ? findLocatedCall(asked.callLocator ?? {}, account, acs)
        : findConnected({ account, params: { callConnectionId } }, acs).call;
    const connection = callConnectionId ?? stateOf(call.id, acs).connections.live.first()?.id;
    if (connection === undefined || !call.legs.live.some((leg) => leg.state === 'connected')) {
      throw acsError('call-not-established');
    }
    if (call.recordings.live.length > 0) {
      throw acsError('duplicate-recording');
    }

    const affinity = (asked.channelAffinity ?? []).toSorted((one, other) => (one.channel ?? 0) - (other.channel ?? 0));
    const ordering = asked.audioChannelParticipantOrdering ?? affinity.map(({ participant }) => participant);
    const details: RecordingDetails = {
      connection,
      apiVersion,
      channelType: asked.recordingChannelType ?? 'mixed',
      contentType: asked.recordingContentType ?? 'audio',
      format: asked.recordingFormatType ?? 'wav',
      channelOrder: ordering.map((one, index) => readIdentifier(one, `audioChannelParticipantOrdering[${index}]`)),
      startedAtMs: acs.clock.now(),
      ...(callbackUri !== undefined && { callbackUri }),
    };
    const recording = acs.newId();
    const paused = asked.pauseOnStart ?? false;
    const failing = { connection, recordingId: recording, ...(callbackUri !== undefined && { callbackUri }) };
    if (!failsByFault(acs, 'acs-start-recording', call.id, failing)) {
      dispatch(acs, call.id, { type: 'start-recording', recording, details, paused });
    }
    return {
      status: 200,
      body: recordingState(recording, paused ? 'paused' : 'active', apiVersion),
      connection,
      call: call.id,
    };
  },
});
