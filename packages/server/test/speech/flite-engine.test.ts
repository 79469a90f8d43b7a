import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { durationMs } from '../../src/audio/pcm.ts';
import { SpeechError } from '../../src/speech/engine.ts';
import { createFliteEngine } from '../../src/speech/flite/flite-engine.ts';
import { PLAIN_PROSODY, type TextSegment } from '../../src/speech/segments.ts';
import { loudness, pitchHz } from '../audio/measure.ts';

const engine = createFliteEngine({ threads: 2 });
afterAll(() => engine.close());

const sentence = 'The quick brown fox jumps over the lazy dog.';
const say = (text: string, manner: Partial<TextSegment> = {}) =>
  engine.synthesize({ kind: 'text', text, voice: {}, ...PLAIN_PROSODY, ...manner });

describe('flite', () => {
  it('speaks: sound of the length that a person would take', async () => {
    const pcm = await say(sentence);
    // Nine words at 120 to 240 words a minute.
    expect(durationMs(pcm)).toBeGreaterThan(2000);
    expect(durationMs(pcm)).toBeLessThan(4500);
    expect(loudness(pcm)).toBeGreaterThan(1500);
  });

  it('says the same the same way each time', async () => {
    expect(await say(sentence)).toEqual(await say(sentence));
  });

  it('has voices that differ: a woman’s is higher than a man’s', async () => {
    const voices = await Promise.all(['slt', 'rms', 'kal16', 'awb'].map((name) => say(sentence, { voice: { name } })));
    const [woman = 0, ...men] = voices.map(pitchHz);
    expect(woman).toBeGreaterThan(145);
    for (const man of men) expect(man).toBeLessThan(140);
    expect(new Set(voices.map((pcm) => pcm.samples.length)).size).toBe(4);
    for (const pcm of voices) expect(loudness(pcm)).toBeGreaterThan(1500);
  });

  it.each(['slt', 'rms'])('speaks at half and at double speed, as %s', async (name) => {
    const [slow, plain, fast] = await Promise.all(
      [0.5, 1, 2].map(async (rate) => durationMs(await say(sentence, { rate, voice: { name } }))),
    );
    expect((slow ?? 0) / (plain ?? 0)).toBeCloseTo(2, 0);
    expect((fast ?? 0) / (plain ?? 0)).toBeCloseTo(0.5, 1);
  });

  it.each(['slt', 'rms', 'awb'])('speaks higher without speaking faster, as %s', async (name) => {
    const voice = { name };
    const [plain, high] = await Promise.all([say(sentence, { voice }), say(sentence, { pitch: 1.3, voice })]);
    expect(pitchHz(high) / pitchHz(plain)).toBeGreaterThan(1.15);
    expect(durationMs(high) / durationMs(plain)).toBeCloseTo(1, 1);
  });

  it('speaks softer and not at all', async () => {
    const [plain, soft, silent] = await Promise.all([1, 0.5, 0].map((volume) => say(sentence, { volume })));
    expect(loudness(soft ?? fail()) / loudness(plain ?? fail())).toBeCloseTo(0.5, 2);
    expect(loudness(silent ?? fail())).toBe(0);
    expect(durationMs(silent ?? fail())).toBe(durationMs(plain ?? fail()));
  });

  it('speaks a long text piece by piece: about as long as its sentences together', async () => {
    const one = durationMs(await say(sentence));
    const many = durationMs(await say(Array(30).fill(sentence).join(' ')));
    expect(many / one).toBeGreaterThan(25);
    expect(many / one).toBeLessThan(40);
  });

  it.each([
    '-voice kal',
    '--help',
    '-o /etc/passwd',
    '"quoted" \'and\' `more` $(ls); | %s',
    'a\u0000b',
    'привет',
    'x'.repeat(400),
    '9'.repeat(60),
  ])('speaks %j as text', async (text) => {
    expect(loudness(await say(text))).toBeGreaterThan(500);
  });

  it.each(['', '   ', '😀', '...'])('has nothing to say for %j', async (text) => {
    expect(durationMs(await say(text))).toBe(0);
  });

  it('serves many at once, each with their own words', async () => {
    const numbers = ['one', 'two hundred', 'three thousand and thirty three'];
    const alone = [];
    for (const words of numbers) alone.push(await say(words));
    expect(await Promise.all(numbers.map((words) => say(words)))).toEqual(alone);
  });

  it('gives up what takes too long, each piece for itself', async () => {
    const hasty = createFliteEngine({ timeoutMs: 1 });
    const segment: TextSegment = { kind: 'text', text: sentence, voice: {}, ...PLAIN_PROSODY };
    const attempts = await Promise.allSettled([hasty.synthesize(segment), hasty.synthesize(segment)]);
    for (const attempt of attempts) {
      expect(attempt).toMatchObject({ status: 'rejected', reason: expect.any(SpeechError) });
      expect(String((attempt as PromiseRejectedResult).reason)).toMatch(/longer than 1 ms for 44 characters/);
    }
    await hasty.close();
  });

  it('refuses what waits when it is closed, and everything after', async () => {
    const closing = createFliteEngine();
    const segment: TextSegment = { kind: 'text', text: sentence, voice: {}, ...PLAIN_PROSODY };
    const waiting = Promise.allSettled([closing.synthesize(segment), closing.synthesize(segment)]);
    await closing.close();
    for (const attempt of await waiting)
      expect(String((attempt as PromiseRejectedResult).reason)).toMatch(/(were|are) closed/);
    await expect(closing.synthesize(segment)).rejects.toThrow('the speech threads are closed');
  });

  it('prints nothing and keeps no process alive', async () => {
    const built = new URL('../../dist/speech/flite/flite-engine.js', import.meta.url);
    const script = `const { createFliteEngine } = await import(${JSON.stringify(built.href)});
      const engine = createFliteEngine();
      const pcm = await engine.synthesize({ kind: 'text', text: 'hello', voice: {}, rate: 1, pitch: 1, volume: 1 });
      console.log(pcm.samples.length > 4000);`;
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      timeout: 50_000,
    });
    expect({ stdout, stderr }).toEqual({ stdout: 'true\n', stderr: '' });
  });
});

function fail(): never {
  throw new Error('a sound is missing');
}
