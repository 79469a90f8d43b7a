import { Type, type Static } from 'typebox';
import { since } from '../decode-body.ts';

/** `callIntelligenceOptions`: the Azure AI services resource behind text, SSML and speech. */
export const callIntelligenceOptions = since(
  '2023-10-15',
  Type.Optional(Type.Object({ cognitiveServicesEndpoint: Type.Optional(Type.String()) })),
);

/** `mediaStreamingOptions`: the WebSocket that the call's audio goes to. */
export const mediaStreamingOptions = since(
  '2025-05-15',
  Type.Optional(
    Type.Object({
      transportType: Type.Enum(['websocket']),
      audioChannelType: Type.Enum(['mixed', 'unmixed']),
      transportUrl: Type.Optional(Type.String()),
      contentType: Type.Optional(Type.Enum(['audio'])),
      startMediaStreaming: Type.Optional(Type.Boolean()),
      enableBidirectional: Type.Optional(Type.Boolean()),
      audioFormat: Type.Optional(Type.Enum(['pcm16KMono', 'pcm24KMono'])),
      enableDtmfTones: Type.Optional(Type.Boolean()),
    }),
  ),
);

/** `transcriptionOptions`: the WebSocket that the call's transcript goes to. */
export const transcriptionOptions = since(
  '2025-05-15',
  Type.Optional(
    Type.Object({
      transportType: Type.Enum(['websocket']),
      locale: Type.String(),
      transportUrl: Type.Optional(Type.String()),
      speechModelEndpointId: Type.Optional(Type.String()),
      startTranscription: Type.Optional(Type.Boolean()),
      enableIntermediateResults: Type.Optional(Type.Boolean()),
    }),
  ),
);

/** `operationContext`: comes back in the events of the operation. */
export const operationContext = Type.Optional(Type.String({ maxLength: 5000 }));

/** `operationCallbackUri`: where the events of this operation go instead of the call's `callbackUri`. */
export const operationCallbackUri = since('2023-10-15', Type.Optional(Type.String()));

/** `customCallingContext`: headers handed on to the party that is called. */
export const customCallingContext = since(
  '2023-10-15',
  Type.Optional(
    Type.Object({
      voipHeaders: Type.Optional(Type.Record(Type.String(), Type.String())),
      sipHeaders: Type.Optional(Type.Record(Type.String(), Type.String())),
    }),
  ),
);

/** `callLocator`: a call by its server call id, group id or room id. */
export const callLocator = Type.Object({
  kind: Type.Optional(Type.Enum(['groupCallLocator', 'serverCallLocator', 'roomCallLocator'])),
  serverCallId: Type.Optional(Type.String()),
  groupCallId: Type.Optional(Type.String()),
  roomId: since('2024-09-15', Type.Optional(Type.String())),
});

export type CallLocator = Static<typeof callLocator>;
export type MediaStreamingOptions = NonNullable<Static<typeof mediaStreamingOptions>>;
export type TranscriptionOptions = NonNullable<Static<typeof transcriptionOptions>>;
