import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Download } from '../../src/audio/download.ts';
import { mediaIdOf } from '../../src/audio/media-id.ts';
import { MediaStore } from '../../src/audio/media-store.ts';
import { type Pcm, durationMs, pcmOf } from '../../src/audio/pcm.ts';
import { tone } from '../../src/audio/tones.ts';
import { decodeWav, encodeWav } from '../../src/audio/wav.ts';
import { bounds } from '../../src/bounded/bounds.ts';
import type { SpeechEngine } from '../../src/speech/engine.ts';
import { SpeechError } from '../../src/speech/engine.ts';
import { createFliteEngine } from '../../src/speech/flite/flite-engine.ts';
import { SsmlError } from '../../src/speech/ssml-error.ts';
import { PromptTooLongError } from '../../src/speech/prompt-limits.ts';
import { Speaker } from '../../src/speech/synthesize.ts';
import { amplitudeAt, loudness } from '../audio/measure.ts';

const flite = createFliteEngine();
afterAll(() => flite.close());

/** flite, with a count of what it was asked to say. */
let asked: string[];
const counting: SpeechEngine = {
  ...flite,
  synthesize: (segment) => {
    asked.push(segment.text);
    return flite.synthesize(segment);
  },
};

let store: MediaStore;
let speaker: Speaker;
beforeEach(() => {
  asked = [];
  store = new MediaStore();
  speaker = new Speaker({ engine: counting, store });
});

function audio(media: string): Pcm {
  const pcm = store.get(media);
  if (!(pcm instanceof Object)) throw new Error(`no audio: ${pcm}`);
  return pcm;
}

describe('a prompt', () => {
  it('becomes a WAV file of real speech', async () => {
    const spoken = await speaker.speak({ text: 'Your call is important to us.' }, { name: 'en-US-NancyNeural' });
    const heard = decodeWav(encodeWav(audio(spoken.media)));
    expect(durationMs(heard)).toBe(spoken.durationMs);
    expect(spoken.durationMs).toBeGreaterThan(1200);
    expect(loudness(heard)).toBeGreaterThan(1500);
    expect(spoken).toMatchObject({ text: 'Your call is important to us.', shortcomings: [] });
    expect(spoken.substituted).toBeUndefined();
  });

  it('with a break of half a second is half a second longer, and silent there', async () => {
    const [one, two, both] = await Promise.all([
      speaker.speak({ text: 'One.' }),
      speaker.speak({ text: 'Two.' }),
      speaker.speak({ ssml: '<speak>One.<break time="500ms"/>Two.</speak>' }),
    ]);
    expect(both.durationMs).toBe(one.durationMs + 500 + two.durationMs);
    expect(both.durationMs).toBe(Math.round(both.durationMs));
    const start = one.durationMs * 16;
    expect(loudness(pcmOf(audio(both.media).samples.slice(start, start + 8000)))).toBe(0);
  });

  it('takes longer when it is to be spoken slowly', async () => {
    const speak = (rate: string) =>
      speaker.speak({ ssml: `<speak><prosody rate="${rate}">Good morning.</prosody></speak>` });
    const [slow, plain, fast] = await Promise.all(['x-slow', 'medium', 'x-fast'].map(speak));
    expect(slow?.durationMs).toBeGreaterThan((plain?.durationMs ?? 0) * 1.6);
    expect(fast?.durationMs).toBeLessThan((plain?.durationMs ?? 0) * 0.7);
  });

  it('in another language is spoken by a substitute, and says so', async () => {
    const spoken = await speaker.speak({ text: 'Guten Tag' }, { locale: 'de-DE' });
    expect(spoken.substituted).toEqual({ asked: 'de-DE', used: 'flite slt (US English, female)' });
    expect(loudness(audio(spoken.media))).toBeGreaterThan(1500);
  });

  it('of nothing but emoji is empty, with a note', async () => {
    expect(await speaker.speak({ text: '🎉🎉' })).toMatchObject({
      durationMs: 0,
      shortcomings: [{ id: 'speech/nothing-to-say', summary: 'nothing in "🎉🎉" can be spoken' }],
    });
  });

  it('that is malformed is refused before anything is spoken', async () => {
    await expect(speaker.speak({ ssml: '<speak>One <b' })).rejects.toThrow(SsmlError);
    expect(asked).toEqual([]);
  });

  it.each([
    ['characters', 'x '.repeat(10_001), /20001 characters; at most 20000/],
    ['seconds', '<break time="20s"/>'.repeat(31), /would last about 620 s; at most 600 s/],
    ['words', 'This is what people say. '.repeat(792), /would last about 990 s; at most 600 s/],
    ['digits', '1'.repeat(3001), /would last about 601 s/],
    ['pieces', '<mark name="m"/>a'.repeat(2401), /would last about 601 s/],
    ['recordings', '<audio src="http://localhost/a"/>'.repeat(51), /51 recordings; at most 50 are played/],
  ])('of too many %s is refused', async (_, inner, message) => {
    const attempt = speaker.speak({ ssml: `<speak>${inner}</speak>` });
    await expect(attempt).rejects.toThrow(PromptTooLongError);
    await expect(attempt).rejects.toThrow(message);
    expect(asked).toEqual([]);
  });

  it('is refused by its size before it is read', async () => {
    const attempt = speaker.speak({ ssml: `<speak>${'<!-- -->'.repeat(9000)}` });
    await expect(attempt).rejects.toThrow('the SSML has 72007 bytes; at most 65536 are read');
  });

  it('counts what stands in for a recording', async () => {
    const ssml = `<speak><audio src="http://localhost/a">${'word '.repeat(2500)}</audio></speak>`;
    await expect(speaker.speak({ ssml })).rejects.toThrow(PromptTooLongError);
  });
});

describe('the same words by the same voice', () => {
  it('are synthesized once, however many ask at the same time', async () => {
    const spoken = await Promise.all(Array.from({ length: 5 }, () => speaker.speak({ text: 'Hello.' })));
    expect(asked).toEqual(['Hello.']);
    expect(new Set(spoken.map(({ media }) => media)).size).toBe(1);
    await speaker.speak({ ssml: '<speak>Hello.</speak>' });
    expect(asked).toEqual(['Hello.']);
  });

  it('are known once they were spoken, by that voice alone', async () => {
    const voice = { name: 'en-US-NancyNeural', locale: 'en-US' };
    expect(speaker.known('Hello.', voice)).toBeUndefined();
    const spoken = await speaker.speak({ text: 'Hello.' }, voice);
    expect(speaker.known('Hello.', voice)).toEqual(spoken);
    for (const other of [{}, { name: voice.name }, { locale: voice.locale }, { ...voice, gender: 'male' as const }])
      expect(speaker.known('Hello.', other)).toBeUndefined();
    // What is written beside each other is told apart.
    await speaker.speak({ text: 'c' }, { name: 'a', locale: 'b' });
    for (const other of [{ name: 'ab' }, { name: 'a1:b' }, { locale: 'ab' }, { name: 'a', locale: '' }])
      expect(speaker.known('c', other)).toBeUndefined();
  });

  it('are not known any more when the store has dropped them', async () => {
    store = new MediaStore({ maxSeconds: 2 });
    speaker = new Speaker({ engine: counting, store });
    await speaker.speak({ text: 'Hello there.' });
    expect(speaker.known('Hello there.')).toBeDefined();
    store.put(tone([440], 1900), { label: 'tone' });
    expect(speaker.known('Hello there.')).toBeUndefined();
  });

  it('are synthesized again for another voice, and when the store has dropped them', async () => {
    store = new MediaStore({ maxSeconds: 2 });
    speaker = new Speaker({ engine: counting, store });
    const first = await speaker.speak({ text: 'Hello there.' });
    await speaker.speak({ text: 'Hello there.' }, { gender: 'male' });
    store.put(tone([440], 1900), { label: 'tone' });
    expect(store.get(first.media)).toBe('gone');
    expect((await speaker.speak({ text: 'Hello there.' })).media).toBe(first.media);
    expect(audio(first.media).samples.length).toBeGreaterThan(0);
    expect(asked).toHaveLength(3);
  });

  it('are tried again after a failure', async () => {
    let broken = true;
    const moody: SpeechEngine = {
      ...flite,
      synthesize: (segment) => (broken ? Promise.reject(new SpeechError('flite crashed')) : flite.synthesize(segment)),
    };
    speaker = new Speaker({ engine: moody, store });
    await expect(speaker.speak({ text: 'Hello.' })).rejects.toThrow(SpeechError);
    broken = false;
    expect((await speaker.speak({ text: 'Hello.' })).durationMs).toBeGreaterThan(300);
  });
});

describe('a recording inside a prompt', () => {
  const bell = tone([1000], 300);
  const download: Download = async (uri) =>
    uri.endsWith('bell.wav')
      ? { ok: true, pcm: bell, media: mediaIdOf(bell) }
      : { ok: false, reason: 'download', detail: `${uri} answered with status 404` };

  it('is played in its place', async () => {
    speaker = new Speaker({ engine: counting, store, download });
    const spoken = await speaker.speak({ ssml: '<speak><audio src="http://x/bell.wav">ding</audio></speak>' });
    expect(spoken.durationMs).toBe(300);
    expect(amplitudeAt(audio(spoken.media), 1000)).toBeGreaterThan(10_000);
  });

  it('that cannot be had is replaced by the words inside it, with a note, and asked for again the next time', async () => {
    let there = false;
    speaker = new Speaker({ engine: counting, store, download: (uri) => download(there ? 'http://x/bell.wav' : uri) });
    const prompt = { ssml: '<speak><audio src="http://x/gone.wav">ding dong</audio></speak>' };
    expect(await speaker.speak(prompt)).toMatchObject({
      shortcomings: [{ id: 'audio/unavailable', summary: '<audio>: http://x/gone.wav answered with status 404' }],
    });
    expect(asked).toEqual(['ding dong']);
    there = true;
    expect(await speaker.speak(prompt)).toMatchObject({ durationMs: 300, shortcomings: [] });
  });
});

describe('what is remembered of prompts', () => {
  it('is bounded by what they weigh: those that were not asked for any more go first', async () => {
    const said: string[] = [];
    const click = tone([440], 100);
    const engine: SpeechEngine = {
      ...flite,
      chooseVoice: () => ({ voice: 'one' }),
      synthesize: async ({ text }) => {
        said.push(text);
        return click;
      },
    };
    const quick = new Speaker({ engine, store });
    const texts = Array.from({ length: 400 }, (_, number) => `${number} ${'word '.repeat(1_600)}`);
    for (const text of texts) {
      await quick.speak({ text });
      // This one is asked for again and again.
      await quick.speak({ text: texts[0] ?? '' });
    }
    expect(quick.rememberedBytes).toBeLessThanOrEqual(bounds['spoken-prompts'].bytes);
    said.length = 0;
    for (const at of [0, 399, 1]) await quick.speak({ text: texts[at] ?? '' });
    expect(said).toEqual([texts[1]]);
  });
});
