import { describe, expect, it } from 'vitest';
import { chooseEspeakVoice } from '../../src/speech/espeak/languages.ts';
import { chooseFliteVoice } from '../../src/speech/flite/voices.ts';
import type { VoiceRequest } from '../../src/speech/segments.ts';

describe('choosing a voice', () => {
  it.each<[asked: VoiceRequest, voice: string]>([
    [{}, 'slt'],
    [{ gender: 'male' }, 'rms'],
    [{ locale: 'en-US', gender: 'female' }, 'slt'],
    [{ locale: 'en_US' }, 'slt'],
    [{ locale: 'en-US/male' }, 'rms'],
    [{ locale: 'en-GB/male' }, 'awb'],
    [{ locale: 'en-GB-WLS', gender: 'male' }, 'awb'],
    [{ name: 'en-US-NancyNeural' }, 'slt'],
    [{ name: 'en-US-GuyNeural' }, 'rms'],
    [{ name: 'en-GB-RyanNeural' }, 'awb'],
    [{ name: 'en-US-AndrewMultilingualNeural' }, 'rms'],
    [{ name: 'en-US-Ava:DragonHDLatestNeural' }, 'slt'],
    [{ name: 'Microsoft Server Speech Text to Speech Voice (en-US, GuyNeural)' }, 'rms'],
    [{ locale: 'Joanna' }, 'slt'],
    [{ locale: 'Matthew' }, 'rms'],
    [{ locale: 'Brian' }, 'awb'],
    [{ name: 'joey' }, 'rms'],
    [{ name: 'en-US-GuyNeural', gender: 'female' }, 'slt'],
    [{ name: 'kal' }, 'kal16'],
    [{ name: 'awb' }, 'awb'],
  ])('%j is spoken by %s', (asked, voice) => {
    expect(chooseFliteVoice(asked)).toEqual({ voice });
  });

  it.each<[asked: VoiceRequest, voice: string, name: string]>([
    [{ locale: 'fr-FR' }, 'slt', 'fr-FR'],
    [{ locale: 'de-DE/male' }, 'rms', 'de-DE/male'],
    [{ locale: 'Mathieu' }, 'rms', 'Mathieu'],
    [{ name: 'sv-SE-SofieNeural' }, 'slt', 'sv-SE-SofieNeural'],
    [{ name: 'zh-CN-liaoning-XiaobeiNeural' }, 'slt', 'zh-CN-liaoning-XiaobeiNeural'],
    [{ name: 'Nobody', locale: 'en-US' }, 'slt', 'Nobody, en-US'],
    [{ name: 'en-US-Nobody' }, 'slt', 'en-US-Nobody'],
    [{ name: '__proto__' }, 'slt', '__proto__'],
    [{ name: 'constructor', locale: 'toString' }, 'slt', 'constructor, toString'],
  ])('%j is spoken by %s in its place, and said so', (asked, voice, name) => {
    const chosen = chooseFliteVoice(asked);
    expect(chosen.voice).toBe(voice);
    expect(chosen.substituted).toEqual({ asked: name, used: expect.stringContaining(`flite ${voice} (US English`) });
  });

  it('a name as long as a request is no name: it is said in part, after a look at its length', () => {
    const name = `en-US-${'MultilingualTurbo'.repeat(60_000)}:`;
    expect(chooseFliteVoice({ name }).substituted?.asked).toBe(`${name.slice(0, 200)}…`);
    expect(chooseEspeakVoice({ name }).substituted?.asked).toHaveLength(201);
    expect(chooseEspeakVoice({ locale: 'constructor' }).voice).toBe('en-us/female');
  });
});
