import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createEspeakEngine } from '../../src/speech/espeak/espeak-engine.ts';
import { chooseEspeakVoice } from '../../src/speech/espeak/languages.ts';
import type { VoiceRequest } from '../../src/speech/segments.ts';

const empty = mkdtempSync(join(tmpdir(), 'countersign-'));
afterAll(() => rmSync(empty, { recursive: true }));

describe('the engine that is installed on request', () => {
  it('is none when its package is not there', () => {
    expect(createEspeakEngine({ lookIn: [empty] })).toBeUndefined();
  });

  it.each<[asked: VoiceRequest, voice: string]>([
    [{}, 'en-us/female'],
    [{ locale: 'en-AU/male' }, 'en-gb/male'],
    [{ name: 'de-DE-KatjaNeural' }, 'de/female'],
    [{ name: 'Mathieu' }, 'fr-fr/male'],
    [{ locale: 'arb' }, 'ar/female'],
    [{ locale: 'zh-HK' }, 'yue/female'],
    [{ locale: 'cmn-CN' }, 'cmn/female'],
    [{ locale: 'es-US', gender: 'male' }, 'es-419/male'],
    [{ locale: 'pt_BR' }, 'pt-br/female'],
    [{ locale: 'nb-NO' }, 'nb/female'],
  ])('speaks %j in its own language, as %s', (asked, voice) => {
    expect(chooseEspeakVoice(asked)).toEqual({ voice });
  });

  it.each<[asked: VoiceRequest, name: string]>([
    [{ locale: 'fil-PH' }, 'fil-PH'],
    [{ name: 'Nobody' }, 'Nobody'],
  ])('says who speaks in the place of %j', (asked, name) => {
    expect(chooseEspeakVoice(asked)).toEqual({
      voice: 'en-us/female',
      substituted: { asked: name, used: 'espeak en-us/female' },
    });
  });
});
