import { boolean, choice, object, optional, record, string, type Static } from '../../../json-schema/schema.ts';
import { since } from '../protocol/body.ts';

/** `callIntelligenceOptions`: the Azure AI services resource behind text, SSML and speech. */
export const callIntelligenceOptions = since(
  '2023-10-15',
  optional(object({ cognitiveServicesEndpoint: optional(string()) })),
);

/** `mediaStreamingOptions`: the WebSocket that the call's audio goes to. */
export const mediaStreamingOptions = since(
  '2025-05-15',
  optional(
    object({
      transportType: choice(['websocket']),
      audioChannelType: choice(['mixed', 'unmixed']),
      transportUrl: optional(string()),
      contentType: optional(choice(['audio'])),
      startMediaStreaming: optional(boolean()),
      enableBidirectional: optional(boolean()),
      audioFormat: optional(choice(['pcm16KMono', 'pcm24KMono'])),
      enableDtmfTones: optional(boolean()),
    }),
  ),
);

/** `transcriptionOptions`: the WebSocket that the call's transcript goes to. */
export const transcriptionOptions = since(
  '2025-05-15',
  optional(
    object({
      transportType: choice(['websocket']),
      locale: string(),
      transportUrl: optional(string()),
      speechModelEndpointId: optional(string()),
      startTranscription: optional(boolean()),
      enableIntermediateResults: optional(boolean()),
    }),
  ),
);

/** `operationContext`: comes back in the events of the operation. */
export const operationContext = optional(string({ maxLength: 5000 }));

/** `operationCallbackUri`: where the events of this operation go instead of the call's `callbackUri`. */
export const operationCallbackUri = since('2023-10-15', optional(string()));

/** `customCallingContext`: headers handed on to the party that is called. */
export const customCallingContext = since(
  '2023-10-15',
  optional(
    object({
      voipHeaders: optional(record(string(), string())),
      sipHeaders: optional(record(string(), string())),
    }),
  ),
);

/** `callLocator`: a call by its server call id, group id or room id. */
export const callLocator = object({
  kind: optional(choice(['groupCallLocator', 'serverCallLocator', 'roomCallLocator'])),
  serverCallId: optional(string()),
  groupCallId: optional(string()),
  roomId: since('2024-09-15', optional(string())),
});

export type CallLocator = Static<typeof callLocator>;
export type MediaStreamingOptions = NonNullable<Static<typeof mediaStreamingOptions>>;
export type TranscriptionOptions = NonNullable<Static<typeof transcriptionOptions>>;
