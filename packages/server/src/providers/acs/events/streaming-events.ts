import type { AcsEvent } from './envelope.ts';
import type { AcsEventName } from './event-versions.ts';
import { results, type ResultInformation } from './results.ts';

/** What goes to an application's WebSocket: the transcript, or the audio. */
export type StreamKind = 'transcription' | 'media';

/** What became of a stream. `failed`: it could not be opened. `lost`: the application closed it, or it broke. */
export type StreamStatus = 'started' | 'stopped' | 'updated' | 'failed' | 'lost';

interface StreamEvent {
  readonly name: AcsEventName;
  readonly status: string;
  readonly details: string;
  readonly result: ResultInformation;
}

const transcriptionFailed = { code: 500, subCode: 8578, message: 'Transcription failed.' };
const mediaFailed = { code: 500, subCode: 8603, message: 'Media streaming failed.' };

/** What becomes of a stream, in the words of its events. */
const streamEvents: Readonly<Record<StreamKind, Readonly<Record<StreamStatus, StreamEvent>>>> = {
  transcription: {
    started: of('TranscriptionStarted', 'transcriptionStarted', 'subscriptionStarted'),
    stopped: of('TranscriptionStopped', 'transcriptionStopped', 'subscriptionStopped'),
    updated: of('TranscriptionUpdated', 'transcriptionUpdated', 'transcriptionLocaleUpdated'),
    failed: of('TranscriptionFailed', 'transcriptionFailed', 'streamConnectionUnsuccessful', transcriptionFailed),
    lost: of('TranscriptionFailed', 'transcriptionFailed', 'streamConnectionInterrupted', transcriptionFailed),
  },
  media: {
    started: of('MediaStreamingStarted', 'mediaStreamingStarted', 'subscriptionStarted'),
    stopped: of('MediaStreamingStopped', 'mediaStreamingStopped', 'subscriptionStopped'),
    updated: of('MediaStreamingStarted', 'mediaStreamingStarted', 'streamConnectionReestablished'),
    failed: of('MediaStreamingFailed', 'mediaStreamingFailed', 'initialWebSocketConnectionFailed', mediaFailed),
    lost: of('MediaStreamingFailed', 'mediaStreamingFailed', 'streamConnectionInterrupted', mediaFailed),
  },
};

function of(
  name: AcsEventName,
  status: string,
  details: string,
  result: ResultInformation = results.succeeded,
): StreamEvent {
  return { name, status, details, result };
}

/** `Transcription…` or `MediaStreaming…`. */
export function streamEvent(
  stream: StreamKind,
  happened: StreamStatus,
  operationContext: string | undefined,
): AcsEvent {
  const { name, status, details, result } = streamEvents[stream][happened];
  const update =
    stream === 'transcription'
      ? { transcriptionUpdate: { transcriptionStatus: status, transcriptionStatusDetails: details } }
      : {
          mediaStreamingUpdate: {
            contentType: 'audio',
            mediaStreamingStatus: status,
            mediaStreamingStatusDetails: details,
          },
        };
  return {
    name,
    data: ({ version, ids }) => ({ ...update, version, operationContext, resultInformation: result, ...ids }),
  };
}
