import type { VoiceRequest } from './segments.ts';

/** Gender and locale of a voice that a provider sells. */
interface ProviderVoice {
  readonly locale: string;
  readonly gender: 'male' | 'female';
}

/**
 * Voices that carry a bare name, by locale: Amazon Polly's, and some of Azure's under their first names.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice-locales
 */
const NAMED_VOICES: readonly (readonly [locale: string, female: string, male: string])[] = [
  ['en-US', 'Ivy Joanna Kendra Kimberly Salli', 'Joey Justin Kevin Matthew'],
  ['en-GB', 'Amy Emma', 'Brian Arthur'],
  ['en-GB-WLS', '', 'Geraint'],
  ['en-AU', 'Nicole Olivia', 'Russell'],
  ['en-IN', 'Aditi Raveena Kajal', ''],
  ['en-NZ', 'Aria', ''],
  ['en-ZA', 'Ayanda', ''],
  ['arb', 'Zeina', ''],
  ['az-AZ', 'Banu', 'Babek'],
  ['ca-ES', 'Arlet', ''],
  ['zh-HK', 'HiuGaai HiuMaan', 'WanLung'],
  ['cmn-CN', 'Zhiyu', ''],
  ['hr-HR', 'Gabrijela', 'Srecko'],
  ['cs-CZ', 'Vlasta', 'Antonin'],
  ['da-DK', 'Naja', 'Mads'],
  ['nl-NL', 'Lotte', 'Ruben'],
  ['et-EE', 'Anu', 'Kert'],
  ['fil-PH', 'Blessica', 'Angelo'],
  ['fi-FI', 'Suvi', ''],
  ['fr-FR', 'Céline Celine Léa Lea', 'Mathieu'],
  ['fr-CA', 'Chantal Gabrielle', 'Liam'],
  ['ka-GE', 'Eka', 'Giorgi'],
  ['de-DE', 'Marlene Vicki', 'Hans Daniel'],
  ['de-AT', 'Hannah', ''],
  ['el-GR', 'Athina', 'Nestoras'],
  ['hu-HU', 'Noemi', 'Tamas'],
  ['is-IS', 'Dóra Dora', 'Karl'],
  ['id-ID', 'Gadis', 'Ardi'],
  ['it-IT', 'Carla Bianca', 'Giorgio'],
  ['ja-JP', 'Mizuki', 'Takumi'],
  ['ko-KR', 'Seoyeon', ''],
  ['mt-MT', 'Grace', 'Joseph'],
  ['ms-MY', 'Yasmin', 'Osman'],
  ['nb-NO', 'Liv', ''],
  ['lv-LV', 'Everita', 'Nils'],
  ['lt-LT', 'Ona', 'Leonas'],
  ['pl-PL', 'Ewa Maja', 'Jacek Jan'],
  ['pt-BR', 'Camila Vitória Vitoria', 'Ricardo'],
  ['pt-PT', 'Inês Ines', 'Cristiano'],
  ['ro-RO', 'Carmen', ''],
  ['ru-RU', 'Tatyana', 'Maxim'],
  ['es-ES', 'Conchita Lucia', 'Enrique'],
  ['es-MX', 'Mia', ''],
  ['es-US', 'Lupe Penélope Penelope', 'Miguel Pedro'],
  ['sk-SK', 'Viktoria', 'Lukas'],
  ['sl-SI', 'Petra', 'Rok'],
  ['sv-SE', 'Astrid', ''],
  ['th-TH', 'Achara Premwadee', 'Niwat'],
  ['tr-TR', 'Filiz', ''],
  ['uk-UA', 'Polina', 'Ostap'],
  ['uz-UZ', 'Madina', 'Sardor'],
  ['vi-VN', 'HoaiMy', 'NamMinh'],
  ['cy-GB', 'Gwyneth', ''],
];

/**
 * First names of Azure's English male voices. The locale stands in the name itself (`en-US-GuyNeural`); its female
 * voices are the larger part and need no list.
 *
 * @see https://learn.microsoft.com/azure/ai-services/speech-service/language-support?tabs=tts
 */
const AZURE_ENGLISH_MALE = new Set(
  (
    'Guy Davis Tony Jason Andrew Brian Brandon Christopher Eric Jacob Roger Steffan Ryan Kai Lewis Derek Dustin Adam ' +
    'Ryan Thomas Alfie Elliot Ethan Noah Oliver Ollie William Darren Duncan Ken Neil Tim Liam Prabhat Aarav Kunal ' +
    'Rehaan Connor Mitchell Luke Sam Wayne James Chilemba Abeo Elimu Arjun Samuel'
  ).split(' '),
);

const VOICES_BY_NAME: ReadonlyMap<string, ProviderVoice> = new Map<string, ProviderVoice>(
  NAMED_VOICES.flatMap(([locale, female, male]) => [
    ...names(female).map((name) => [name.toLowerCase(), { locale, gender: 'female' }] as const),
    ...names(male).map((name) => [name.toLowerCase(), { locale, gender: 'male' }] as const),
  ]),
);

function names(list: string): string[] {
  return list.split(' ').filter((name) => name !== '');
}

/** What a request for a voice comes down to: a language, an accent, a gender. */
export interface VoiceTraits {
  /** Primary language in lower case, `en`; undefined if the request names a voice that nobody knows. */
  readonly language: string | undefined;
  /** Locale in the provider's spelling, `en-GB`. */
  readonly locale: string;
  readonly gender: 'male' | 'female';
}

/**
 * Finds out which language and gender a request means. A name counts for more than a locale, and the gender asked for
 * in so many words for more than that of a name. Nothing at all asked for means `en-US`, female.
 *
 * Understood as names: Azure's (`en-US-NancyNeural`, `en-US-Ava:DragonHDLatestNeural`, `Microsoft Server Speech Text to
 * Speech Voice (en-US, JennyNeural)`), Polly's (`Joanna`); as locales `en`, `en-US`, `en_US`, `en-US/male`.
 */
export function voiceTraits(asked: VoiceRequest): VoiceTraits {
  const [locale = '', suffix] = (asked.locale ?? '').split('/');
  const wanted = asked.gender ?? genderOf(suffix);
  for (const candidate of [asked.name, locale]) {
    if (candidate === undefined || candidate === '') continue;
    const known = knownVoice(candidate);
    if (known !== undefined) return traitsOf(known.locale, wanted ?? known.gender);
  }
  const gender = wanted ?? 'female';
  if (asked.name !== undefined && asked.name !== '') return { language: undefined, locale: locale || 'en-US', gender };
  return traitsOf(locale || 'en-US', gender);
}

/** No name of a voice is longer; what is, is none. */
const MAX_NAME_CHARS = 200;

function knownVoice(name: string): ProviderVoice | undefined {
  if (name.length > MAX_NAME_CHARS) return undefined;
  const longForm = /^Microsoft Server Speech Text to Speech Voice \(([\w-]+), (\w+)\)$/i.exec(name);
  const azure = /^([a-z]{2,3}(?:-[A-Za-z]{4,})?-[A-Z]{2})-([A-Z][A-Za-z]*)/.exec(
    longForm === null ? name : `${longForm[1]}-${longForm[2]}`,
  );
  if (azure === null) return VOICES_BY_NAME.get(name.toLowerCase());
  const [, locale = '', voice = ''] = azure;
  if (!/Neural|:|Standard|RUS/.test(name)) return undefined;
  return { locale, gender: AZURE_ENGLISH_MALE.has(firstName(voice)) ? 'male' : 'female' };
}

/** `AndrewMultilingualNeural` → `Andrew`. */
function firstName(voice: string): string {
  const end = voice.indexOf('Neural');
  return (end < 0 ? voice : voice.slice(0, end)).replace(/(?:Multilingual|Turbo)+$/, '');
}

/** Who was asked for, for people: what of name, locale and gender was given. */
export function describeVoice({ name, locale, gender }: VoiceRequest): string {
  const asked = [name, locale, gender].filter((part) => part !== undefined && part !== '').join(', ');
  return asked.length > MAX_NAME_CHARS ? `${asked.slice(0, MAX_NAME_CHARS)}…` : asked;
}

function traitsOf(locale: string, gender: VoiceTraits['gender']): VoiceTraits {
  return { language: (locale.split(/[-_]/)[0] ?? '').toLowerCase(), locale, gender };
}

function genderOf(suffix: string | undefined): 'male' | 'female' | undefined {
  const lower = suffix?.toLowerCase();
  return lower === 'male' || lower === 'female' ? lower : undefined;
}
