import type { ChosenVoice } from '../engine.ts';
import type { VoiceRequest } from '../segments.ts';
import { describeVoice, voiceTraits } from '../voices.ts';

/** A voice inside the flite program. */
export interface FliteVoice {
  readonly name: 'slt' | 'kal16' | 'rms' | 'awb';
  readonly description: string;
  /** Its mean pitch in hertz as measured, where flite can be told another; without it, pitch is changed by resampling. */
  readonly meanPitchHz?: number;
  /** Factor that brings it to the loudness of the others. */
  readonly gain: number;
}

const SLT: FliteVoice = { name: 'slt', description: 'US English, female', meanPitchHz: 170, gain: 1 };
const KAL: FliteVoice = { name: 'kal16', description: 'US English, male', meanPitchHz: 91, gain: 3 };
const RMS: FliteVoice = { name: 'rms', description: 'US English, male', gain: 1.7 };
const AWB: FliteVoice = { name: 'awb', description: 'Scottish English, male', meanPitchHz: 128, gain: 1.3 };

/** flite's voices; its `kal` is `kal16` in telephone quality and adds nothing. */
export const FLITE_VOICES: Readonly<Record<FliteVoice['name'], FliteVoice>> = {
  slt: SLT,
  kal16: KAL,
  rms: RMS,
  awb: AWB,
};

/** Finds a voice by its name; undefined if there is none of that name. */
export function fliteVoice(name: string): FliteVoice | undefined {
  return Object.values(FLITE_VOICES).find((voice) => voice.name === name);
}

/**
 * Picks one of flite's voices. All of them speak English, only one is female: another language, or a name that no
 * provider is known to have, is spoken by a substitute, and the result says so. flite's own names are names too.
 */
export function chooseFliteVoice(asked: VoiceRequest): ChosenVoice {
  const own = asked.name === 'kal' ? KAL : fliteVoice(asked.name ?? '');
  if (own !== undefined) return { voice: own.name };
  const { language, locale, gender } = voiceTraits(asked);
  const male = locale.startsWith('en-') && !/^en-(US|CA|PH)/.test(locale) ? AWB : RMS;
  const voice = gender === 'female' ? SLT : male;
  if (language === 'en') return { voice: voice.name };
  return {
    voice: voice.name,
    substituted: { asked: describeVoice(asked), used: `flite ${voice.name} (${voice.description})` },
  };
}
