import { Type, type Static } from 'typebox';

/** `PlaySource`: a file, text or SSML; `kind` says which, and the member of that name holds it. */
export const playSource = Type.Object({
  kind: Type.Enum(['file', 'text', 'ssml']),
  playSourceCacheId: Type.Optional(Type.String()),
  file: Type.Optional(Type.Object({ uri: Type.String({ minLength: 1 }) })),
  text: Type.Optional(
    Type.Object({
      text: Type.String(),
      sourceLocale: Type.Optional(Type.String()),
      voiceKind: Type.Optional(Type.Enum(['male', 'female'])),
      voiceName: Type.Optional(Type.String()),
      customVoiceEndpointId: Type.Optional(Type.String()),
    }),
  ),
  ssml: Type.Optional(Type.Object({ ssmlText: Type.String(), customVoiceEndpointId: Type.Optional(Type.String()) })),
});

export type PlaySource = Static<typeof playSource>;
