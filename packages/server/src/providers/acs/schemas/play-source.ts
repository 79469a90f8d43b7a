import { choice, object, optional, string, type Static } from '../../../json-schema/schema.ts';

/** `PlaySource`: a file, text or SSML; `kind` says which, and the member of that name holds it. */
export const playSource = object({
  kind: choice(['file', 'text', 'ssml']),
  playSourceCacheId: optional(string()),
  file: optional(object({ uri: string({ minLength: 1 }) })),
  text: optional(
    object({
      text: string(),
      sourceLocale: optional(string()),
      voiceKind: optional(choice(['male', 'female'])),
      voiceName: optional(string()),
      customVoiceEndpointId: optional(string()),
    }),
  ),
  ssml: optional(object({ ssmlText: string(), customVoiceEndpointId: optional(string()) })),
});

/** The most sources of one request: as many as Azure takes recordings in one SSML document. */
export const maxPlaySources = 50;

export type PlaySource = Static<typeof playSource>;
