import { workerData } from 'node:worker_threads';
import { type Pcm, SAMPLE_RATE, concat, pcmFromFloats, pcmOf } from '../../audio/pcm.ts';
import { resample } from '../../audio/resample.ts';
import { serveSpeech } from '../serve-speech.ts';
import type { SpeechWork } from '../speech-work.ts';

/** What of eSpeak's binding is used; the package has no types. */
interface Espeak {
  get_samplerate(): number;
  /** 0 on success; gender 1 is male, 2 female. */
  set_voice(name: string, language: string, gender: number): number;
  set_rate(wordsPerMinute: number): void;
  set_pitch(pitch: number): void;
  /** Hands over the audio in pieces; a true result of the callback stops it. */
  synthesize(text: string, callback: (samples: Int16Array | null) => boolean): void;
}

async function load(): Promise<Espeak> {
  const { library } = workerData as { library: string };
  const { default: instantiate } = (await import(library)) as {
    default: () => Promise<{ eSpeakNGWorker: new () => Espeak }>;
  };
  return new (await instantiate()).eSpeakNGWorker();
}

const espeak = load();

async function speak({ voice, text, settings }: SpeechWork): Promise<Pcm> {
  const engine = await espeak;
  const [language = '', gender] = voice.split('/');
  if (engine.set_voice('', language, gender === 'female' ? 2 : 1) !== 0) {
    throw new Error(`eSpeak NG has no voice for the language "${language}"`);
  }
  engine.set_rate(settings['rate'] ?? 175);
  engine.set_pitch(settings['pitch'] ?? 50);
  const pieces: Int16Array[] = [];
  engine.synthesize(text, (samples) => {
    if (samples !== null) pieces.push(samples.slice());
    return false;
  });
  const floats = Float32Array.from(concat(pieces.map(pcmOf)).samples, (sample) => sample / 32_767);
  return pcmFromFloats(resample(floats, engine.get_samplerate(), SAMPLE_RATE));
}

serveSpeech(speak);
