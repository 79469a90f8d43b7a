import type { ChosenVoice } from '../engine.ts';
import type { VoiceRequest } from '../segments.ts';
import { describeVoice, voiceTraits } from '../voices.ts';

/** The languages of eSpeak NG 1.5x, by its own tags (`espeak-ng --voices`), constructed ones left out. */
const LANGUAGES = new Set(
  (
    'af am an ar as az ba be bg bn bpy bs ca cmn cs cv cy da de el en-029 en-gb en-gb-scotland en-us es es-419 et eu fa ' +
    'fi fo fr-be fr-ch fr-fr ga gd gn gu hak haw he hi hr ht hu hy id is it ja ka kaa kk kl kn ko kok ku ky la lb lt ltg ' +
    'lv mi mk ml mr ms mt my nb nci ne nl nog om or pa pap pl pt pt-br qu quc ro ru sd shn si sk sl smj sq sr sv sw ta te ' +
    'th tk tn tr tt ug uk ur uz vi yue'
  ).split(' '),
);

/** Provider's tags for which eSpeak has another, or a nearer one than the language alone. */
const NEAREST: ReadonlyMap<string, string> = new Map(
  Object.entries({
    arb: 'ar',
    en: 'en-us',
    'en-ca': 'en-us',
    'en-gb-wls': 'en-gb',
    'es-mx': 'es-419',
    'es-us': 'es-419',
    fr: 'fr-fr',
    no: 'nb',
    zh: 'cmn',
    'zh-hk': 'yue',
  }),
);

/** The nearest eSpeak has to a locale (`de-AT`: `de`); undefined if it lacks the language. */
function espeakLanguage(locale: string): string | undefined {
  const tag = locale.toLowerCase().replace('_', '-');
  const primary = tag.split('-')[0] ?? '';
  const english = primary === 'en' ? 'en-gb' : undefined;
  return [NEAREST.get(tag), tag, english, NEAREST.get(primary), primary].find(
    (each) => each !== undefined && LANGUAGES.has(each),
  );
}

/** Picks one of eSpeak's voices: a language and a gender, written `de/female`. */
export function chooseEspeakVoice(asked: VoiceRequest): ChosenVoice {
  const { language, locale, gender } = voiceTraits(asked);
  const spoken = espeakLanguage(locale);
  const voice = `${spoken ?? 'en-us'}/${gender}`;
  if (language !== undefined && spoken !== undefined) return { voice };
  return { voice, substituted: { asked: describeVoice(asked), used: `espeak ${voice}` } };
}
