import type { Operation } from './operation.ts';
import { addParticipant } from './operations/add-participant.ts';
import { answerCall } from './operations/answer-call.ts';
import { cancelAddParticipant } from './operations/cancel-add-participant.ts';
import { cancelAllMediaOperations } from './operations/cancel-all-media-operations.ts';
import { connectCall } from './operations/connect-call.ts';
import { createCall } from './operations/create-call.ts';
import { getCall } from './operations/get-call.ts';
import { getParticipant } from './operations/get-participant.ts';
import { getRecordingProperties } from './operations/get-recording-properties.ts';
import { hangUpCall } from './operations/hang-up-call.ts';
import { hold } from './operations/hold.ts';
import { listParticipants } from './operations/list-participants.ts';
import { moveParticipants } from './operations/move-participants.ts';
import { muteParticipants } from './operations/mute-participants.ts';
import { pauseRecording } from './operations/pause-recording.ts';
import { play } from './operations/play.ts';
import { recognize } from './operations/recognize.ts';
import { redirectCall } from './operations/redirect-call.ts';
import { rejectCall } from './operations/reject-call.ts';
import { removeParticipant } from './operations/remove-participant.ts';
import { resumeRecording } from './operations/resume-recording.ts';
import { sendDtmfTones } from './operations/send-dtmf-tones.ts';
import { startContinuousDtmfRecognition } from './operations/start-continuous-dtmf-recognition.ts';
import { startMediaStreaming } from './operations/start-media-streaming.ts';
import { startRecording } from './operations/start-recording.ts';
import { startTranscription } from './operations/start-transcription.ts';
import { stopContinuousDtmfRecognition } from './operations/stop-continuous-dtmf-recognition.ts';
import { stopMediaStreaming } from './operations/stop-media-streaming.ts';
import { stopRecording } from './operations/stop-recording.ts';
import { stopTranscription } from './operations/stop-transcription.ts';
import { terminateCall } from './operations/terminate-call.ts';
import { transferToParticipant } from './operations/transfer-to-participant.ts';
import { unhold } from './operations/unhold.ts';
import { updateTranscription } from './operations/update-transcription.ts';

/** Every operation of Call Automation that this server carries out. */
export const operations: readonly Operation[] = [
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
