import type { VoiceWish } from '../../../engine/call.ts';

const languageCode = /^([a-z]{2,3}(?:-[A-Z]{2}(?:-[A-Z]{3})?)?)(?:\/(female|male))?$/;

/** Spoken when a request names no locale. */
const defaultLocale = 'en-US';

/**
 * Reads a `locale`: a language code (`en-US`), a code with a gender (`en-US/male`), or the name of a voice (`Joanna`).
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice-locales
 */
export function voiceOf(locale: string = defaultLocale): VoiceWish {
  const code = languageCode.exec(locale);
  if (!code?.[1]) return { name: locale };
  const gender = code[2];
  return { locale: code[1], ...(gender !== undefined && { gender: gender as 'female' | 'male' }) };
}
