import { type Pcm, SAMPLE_RATE, amplify, concat, pcmFromFloats, silence, trimSilence } from '../../audio/pcm.ts';
import { resample } from '../../audio/resample.ts';
import { builtWorker } from '../built-worker.ts';
import type { SpeechEngine } from '../engine.ts';
import type { TextSegment } from '../segments.ts';
import { splitText } from '../split-text.ts';
import { SpeechWorkerPool } from '../worker-pool.ts';
import { speakableText } from './speakable-text.ts';
import { FLITE_VOICES, type FliteVoice, chooseFliteVoice, fliteVoice } from './voices.ts';

/** How {@link createFliteEngine} runs flite. */
export interface FliteEngineOptions {
  /** The most worker threads at a time. Default 1. */
  readonly threads?: number;
  /** The longest that one piece of text (about 300 characters) may take, in milliseconds. Default 20 000. */
  readonly timeoutMs?: number;
}

/** The longest text in one run: flite's time and memory grow faster than its text. */
const MAX_CHARS_PER_RUN = 300;
/** Silence left around what flite says, whose own silence of about 200 ms would add up where a sentence is put together. */
const MARGIN_MS = 40;
/** The pause between the pieces of a long text, with the margins about that between two sentences. */
const PAUSE_BETWEEN_PIECES_MS = 200;

/**
 * The speech engine that comes with the server: CMU Flite compiled to WebAssembly, in worker threads. English only.
 *
 * @see http://cmuflite.org
 */
export function createFliteEngine(options: FliteEngineOptions = {}): SpeechEngine {
  const pool = new SpeechWorkerPool(
    builtWorker('./worker.js', import.meta.url),
    options.threads ?? 1,
    options.timeoutMs ?? 20_000,
  );

  async function speakPiece(text: string, voice: FliteVoice, segment: TextSegment): Promise<Pcm> {
    const shift = voice.meanPitchHz === undefined ? segment.pitch : 1;
    const settings = {
      ...(segment.rate * shift === 1 && segment.pitch === 1 ? {} : { duration_stretch: shift / segment.rate }),
      ...(voice.meanPitchHz === undefined || segment.pitch === 1
        ? {}
        : { int_f0_target_mean: voice.meanPitchHz * segment.pitch }),
    };
    const spoken = await pool.run({ voice: voice.name, text, settings });
    return amplify(trimSilence(shiftPitch(spoken, shift), MARGIN_MS), voice.gain * segment.volume);
  }

  return {
    name: 'flite',
    chooseVoice: chooseFliteVoice,
    async synthesize(segment) {
      const voice = fliteVoice(chooseFliteVoice(segment.voice).voice) ?? FLITE_VOICES.slt;
      const texts = splitText(speakableText(segment.text), MAX_CHARS_PER_RUN);
      const pieces = await Promise.all(texts.map((text) => speakPiece(text, voice, segment)));
      const pause = silence(PAUSE_BETWEEN_PIECES_MS / segment.rate);
      return concat(pieces.flatMap((piece, index) => (index === 0 ? [piece] : [pause, piece])));
    },
    close: () => pool.close(),
  };
}

/** Raises the pitch by playing faster; that it gets shorter is made up for by the stretch asked of flite. */
function shiftPitch(pcm: Pcm, factor: number): Pcm {
  if (factor === 1) return pcm;
  const floats = Float32Array.from(pcm.samples, (sample) => sample / 32_767);
  return pcmFromFloats(resample(floats, Math.round(SAMPLE_RATE * factor), SAMPLE_RATE));
}
