import type { Prompt, VoiceWish } from '../../../engine/call.ts';
import { type ApiVersion, existsIn } from '../protocol/api-versions.ts';
import type { CallConnection } from '../state/connection.ts';
import { acsError } from '../protocol/errors.ts';
import type { PlaySource } from '../schemas/play-source.ts';

/**
 * The prompts of play sources.
 *
 * @param at where the sources stand in the request: `playSources`
 * @throws AcsError 400/8523 for a source without its member, 400/8582 for an empty one, 405/8522 for text or SSML when
 * the connection names no cognitive services endpoint.
 */
export function promptsOf(
  sources: readonly PlaySource[],
  at: string,
  connection: CallConnection,
  version: ApiVersion,
): Prompt[] {
  return sources.map((source, index) => promptOf(source, `${at}[${index}]`, connection, version));
}

function promptOf(source: PlaySource, at: string, connection: CallConnection, version: ApiVersion): Prompt {
  const { kind } = source;
  if (kind !== 'file' && !existsIn(version, '2023-10-15')) {
    const message = `The field ${at}.kind must be file in version ${version}.`;
    throw acsError('invalid-argument', { message, target: `${at}.kind` });
  }
  switch (kind) {
    case 'file': {
      const { uri } = required(source.file, `${at}.file`);
      checkFileUri(uri, `${at}.file.uri`);
      return { kind, uri };
    }
    case 'text': {
      const text = required(source.text, `${at}.text`);
      checkSpeech(text.text, `${at}.text.text`, connection);
      return { kind, text: text.text, ...voiceOf(text) };
    }
    case 'ssml': {
      const { ssmlText } = required(source.ssml, `${at}.ssml`);
      checkSpeech(ssmlText, `${at}.ssml.ssmlText`, connection);
      return { kind, ssml: ssmlText };
    }
  }
}

function required<Member>(member: Member | undefined, at: string): Member {
  if (member !== undefined) return member;
  throw acsError('invalid-argument', { message: `The ${at} field is required.`, target: at });
}

function checkFileUri(uri: string, at: string): void {
  if (URL.canParse(uri) && /^https?:$/.test(new URL(uri).protocol)) return;
  throw acsError('invalid-argument', { message: `The field ${at} must be an absolute http or https URL.`, target: at });
}

function checkSpeech(text: string, at: string, connection: CallConnection): void {
  if (text.trim() === '') throw acsError('play-source-empty', { target: at });
  requireCognitiveServices(connection);
}

/**
 * Speech, spoken or recognized, is made by an Azure AI services resource that the call must have been given.
 *
 * @throws AcsError 405/8522
 */
export function requireCognitiveServices({ cognitiveServicesEndpoint, origin }: CallConnection): void {
  if (cognitiveServicesEndpoint !== undefined && cognitiveServicesEndpoint !== '') return;
  const verb = origin === 'created' ? 'created' : origin;
  throw acsError('missing-configuration', {
    explanations: [
      `the call was ${verb} without callIntelligenceOptions.cognitiveServicesEndpoint, which text, SSML, speech and choices need`,
    ],
  });
}

function voiceOf(text: NonNullable<PlaySource['text']>): { readonly voice?: VoiceWish } {
  const { sourceLocale: locale, voiceKind: gender, voiceName: name } = text;
  const voice = {
    ...(locale !== undefined && { locale }),
    ...(gender !== undefined && { gender }),
    ...(name !== undefined && { name }),
  };
  return Object.keys(voice).length > 0 ? { voice } : {};
}
