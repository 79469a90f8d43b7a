import { describe, expect, it } from 'vitest';
import { tone } from '../../src/audio/tones.ts';
import type { SpeechEngine } from '../../src/speech/engine.ts';
import { engineByLanguage } from '../../src/speech/engine-by-language.ts';
import { chooseEspeakVoice } from '../../src/speech/espeak/languages.ts';
import { chooseFliteVoice } from '../../src/speech/flite/voices.ts';
import type { VoiceRequest } from '../../src/speech/segments.ts';
import { PLAIN_PROSODY } from '../../src/speech/segments.ts';

function engine(name: string, chooseVoice: SpeechEngine['chooseVoice'], log: string[]): SpeechEngine {
  return {
    name,
    chooseVoice,
    async synthesize() {
      log.push(name);
      return tone([440], 100);
    },
    close: async () => void log.push(`${name} closed`),
  };
}

describe('two engines as one', () => {
  const log: string[] = [];
  const both = engineByLanguage(engine('flite', chooseFliteVoice, log), engine('espeak', chooseEspeakVoice, log));

  it.each<[asked: VoiceRequest, by: string, voice: string]>([
    [{}, 'flite', 'slt'],
    [{ name: 'en-GB-RyanNeural' }, 'flite', 'awb'],
    [{ name: 'de-DE-KatjaNeural' }, 'espeak', 'de/female'],
    [{ locale: 'fr-FR' }, 'espeak', 'fr-fr/female'],
  ])('speak %j by %s', async (asked, by, voice) => {
    log.length = 0;
    await both.synthesize({ kind: 'text', text: 'x', voice: asked, ...PLAIN_PROSODY });
    expect(log).toEqual([by]);
    expect(both.chooseVoice(asked)).toEqual({ voice });
  });

  it('leave it to the first, as a substitute, to speak what none of them has', async () => {
    log.length = 0;
    await both.synthesize({ kind: 'text', text: 'x', voice: { locale: 'fil-PH' }, ...PLAIN_PROSODY });
    expect(log).toEqual(['flite']);
    expect(both.chooseVoice({ locale: 'fil-PH' })).toEqual({
      voice: 'slt',
      substituted: { asked: 'fil-PH', used: 'flite slt (US English, female)' },
    });
  });

  it('are closed together', async () => {
    log.length = 0;
    await both.close();
    expect(log.toSorted()).toEqual(['espeak closed', 'flite closed']);
  });
});
