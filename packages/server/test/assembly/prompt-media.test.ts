import { describe, expect, it, vi } from 'vitest';
import type { Download } from '../../src/audio/download.ts';
import { MediaStore } from '../../src/audio/media-store.ts';
import { pcmOf } from '../../src/audio/pcm.ts';
import { tone } from '../../src/audio/tones.ts';
import type { FaultSetting } from '../../src/contract/fault.ts';
import type { Prompt } from '../../src/engine/call.ts';
import { promptMedia, spokenBefore } from '../../src/assembly/prompt-media.ts';
import type { SpeechEngine } from '../../src/speech/engine.ts';
import { Speaker } from '../../src/speech/synthesize.ts';
import type { Askers } from '../../src/threads/askers.ts';
import { wish } from '../switchboard/wish-under-test.ts';

const forever = wish().wanted;

function prepare(
  download: Download = async () => ({ ok: false, reason: 'download', detail: 'nothing is there' }),
  fault: (name: string) => FaultSetting | undefined = () => undefined,
) {
  const engine: SpeechEngine = {
    name: 'counting',
    chooseVoice: () => ({ voice: 'one' }),
    synthesize: vi.fn(async () => tone([440], 100)),
    close: async () => {},
  };
  const store = new MediaStore();
  const speaker = new Speaker({ engine, store });
  return { engine, store, speaker, prepare: promptMedia({ speaker, store, download, fault }) };
}

describe('the audio of prompts', () => {
  it.each<[what: string, prompt: Prompt, detail: RegExp]>([
    ['a text of 19 800 characters', { kind: 'text', text: 'word '.repeat(3960) }, /would last about 990 s/],
    [
      'an SSML document of breaks',
      { kind: 'ssml', ssml: `<speak>${'<break time="20s"/>'.repeat(40)}</speak>` },
      /800 s/,
    ],
    ['an SSML document of a megabyte', { kind: 'ssml', ssml: '<'.repeat(1_000_000) }, /1000000 bytes; at most 65536/],
    ['keys for days', { kind: 'tones', tones: '1'.repeat(1_000_000) }, /1000000 keys are too many/],
  ])('is refused for %s before any of it is made', async (_, prompt, detail) => {
    const { engine, prepare: media } = prepare();
    const failed = await media(prompt, forever);
    expect(failed).toEqual({ failed: 'synthesis', detail: expect.stringMatching(detail) });
    expect(engine.synthesize).not.toHaveBeenCalled();
  });

  it('fails with the status of the fault that is switched on, which the history then has', async () => {
    const { prepare: media } = prepare(undefined, (name) => (name === 'speech' ? { name, status: 429 } : undefined));
    const detail = 'the fault "speech" is switched on';
    const failed = await media({ kind: 'text', text: 'Hello.' }, forever);
    expect(failed).toEqual({ failed: 'synthesis', detail, status: 429 });
  });

  it('of words that were spoken before is known at once, unless speech is to fail', async () => {
    let off: FaultSetting | undefined;
    const fault = (): FaultSetting | undefined => off;
    const { prepare: media, speaker } = prepare(undefined, fault);
    const known = spokenBefore({ speaker, fault });
    const prompt: Prompt = { kind: 'text', text: 'Hello.' };
    expect(known(prompt)).toBeUndefined();
    const made = await media(prompt, forever);
    expect(known(prompt)).toEqual(made);
    expect(known({ kind: 'ssml', ssml: '<speak>Hello.</speak>' })).toBeUndefined();
    off = { name: 'speech' };
    expect(known(prompt)).toBeUndefined();
  });

  it('is fetched in the name of its call, until nobody waits for it', async () => {
    let asked: Askers | undefined;
    const { prepare: media } = prepare(async (_uri, askers) => {
      asked = askers;
      await new Promise(setImmediate);
      return { ok: false, reason: 'download', detail: 'given up' };
    });
    const { wanted, giveUp } = wish('call 1');
    const failed = media({ kind: 'file', uri: 'http://localhost/a.wav' }, wanted);
    await Promise.resolve();
    expect([...(asked?.lines ?? [])]).toEqual(['call 1']);
    giveUp();
    expect(asked?.isEmpty).toBe(true);
    expect(await failed).toEqual({ failed: 'download', detail: 'given up' });
  });

  it('of a file is stored under the name that was made with it, off the main thread', async () => {
    const pcm = pcmOf(new Int16Array(160));
    const { store, prepare: media } = prepare(async () => ({ ok: true, pcm, media: 'made elsewhere' }));
    const ready = await media({ kind: 'file', uri: 'http://localhost/a.wav' }, forever);
    expect(ready).toEqual({ media: 'made elsewhere', durationMs: 10 });
    const stored = store.get('made elsewhere');
    // The same samples, not a copy: hashing and copying a long file would hold up the main thread.
    expect(stored instanceof Object && stored.samples).toBe(pcm.samples);
  });

  it('of a file that is known to be missing is not asked for: what is said of it is known, too', async () => {
    const { prepare: media } = prepare(() => Promise.reject(new Error('asked for')));
    const failed = { failed: 'download', detail: '"a.wav" was never uploaded' };
    expect(await media({ kind: 'file', uri: 'a.wav', missing: failed.detail }, forever)).toEqual(failed);
  });

  it('says who speaks in whose place, the words of markup, and what could not be had', async () => {
    const engine: SpeechEngine = {
      name: 'one voice',
      chooseVoice: ({ locale = '' }) => ({ voice: 'one', substituted: { asked: locale, used: 'one' } }),
      synthesize: async () => tone([440], 100),
      close: async () => {},
    };
    const store = new MediaStore();
    const download: Download = async () => ({
      ok: false,
      reason: 'download',
      detail: 'http://localhost/a.wav is gone',
    });
    const speaker = new Speaker({ engine, store, download });
    const media = promptMedia({ speaker, store, download, fault: () => undefined });
    const ssml = '<speak>Guten <audio src="http://localhost/a.wav">Tag</audio></speak>';
    expect(await media({ kind: 'ssml', ssml, voice: { locale: 'de-DE' } }, forever)).toMatchObject({
      text: 'Guten Tag',
      substituted: { asked: 'de-DE', used: 'one' },
      shortcomings: [{ id: 'audio/unavailable', summary: '<audio>: http://localhost/a.wav is gone' }],
    });
  });

  it('is known music where the name is none', async () => {
    const { prepare: media } = prepare();
    const [music1, proto] = await Promise.all(
      ['music1', 'constructor'].map((name) => media({ kind: 'music', name }, forever)),
    );
    expect(proto).toEqual(music1);
  });
});
