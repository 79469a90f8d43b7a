import type { AcsOperation } from '../requests/operation.ts';
import { addParticipant } from './add-participant.ts';
import { answerCall } from './answer-call.ts';
import { cancelAddParticipant } from './cancel-add-participant.ts';
import { cancelAllMediaOperations } from './cancel-all-media-operations.ts';
import { connectCall } from './connect-call.ts';
import { createCall } from './create-call.ts';
import { getCall } from './get-call.ts';
import { getParticipant } from './get-participant.ts';
import { getRecordingProperties } from './get-recording-properties.ts';
import { hangUpCall } from './hang-up-call.ts';
import { hold } from './hold.ts';
import { listParticipants } from './list-participants.ts';
import { moveParticipants } from './move-participants.ts';
import { muteParticipants } from './mute-participants.ts';
import { pauseRecording } from './pause-recording.ts';
import { play } from './play.ts';
import { recognize } from './recognize.ts';
import { redirectCall } from './redirect-call.ts';
import { rejectCall } from './reject-call.ts';
import { removeParticipant } from './remove-participant.ts';
import { resumeRecording } from './resume-recording.ts';
import { sendDtmfTones } from './send-dtmf-tones.ts';
import { startContinuousDtmfRecognition } from './start-continuous-dtmf-recognition.ts';
import { startMediaStreaming } from './start-media-streaming.ts';
import { startRecording } from './start-recording.ts';
import { startTranscription } from './start-transcription.ts';
import { stopContinuousDtmfRecognition } from './stop-continuous-dtmf-recognition.ts';
import { stopMediaStreaming } from './stop-media-streaming.ts';
import { stopRecording } from './stop-recording.ts';
import { stopTranscription } from './stop-transcription.ts';
import { terminateCall } from './terminate-call.ts';
import { transferToParticipant } from './transfer-to-participant.ts';
import { unhold } from './unhold.ts';
import { updateTranscription } from './update-transcription.ts';

/** Every operation of Call Automation that this server carries out. */
export const operations: readonly AcsOperation[] = [
  createCall,
  answerCall,
  redirectCall,
  rejectCall,
  connectCall,
  getCall,
  hangUpCall,
  terminateCall,
  transferToParticipant,
  play,
  cancelAllMediaOperations,
  recognize,
  startContinuousDtmfRecognition,
  stopContinuousDtmfRecognition,
  sendDtmfTones,
  hold,
  unhold,
  startTranscription,
  stopTranscription,
  updateTranscription,
  startMediaStreaming,
  stopMediaStreaming,
  listParticipants,
  getParticipant,
  addParticipant,
  removeParticipant,
  muteParticipants,
  cancelAddParticipant,
  moveParticipants,
  startRecording,
  getRecordingProperties,
  stopRecording,
  pauseRecording,
  resumeRecording,
];
