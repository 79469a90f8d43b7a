import { type Pcm, pcmOf } from '../../audio/pcm.ts';
import type { Askers } from '../../threads/askers.ts';
import { builtWorker } from '../../threads/built-worker.ts';
import type { SpeechEngine } from '../engine.ts';
import type { TextSegment } from '../segments.ts';
import { speakPieces } from '../speak-pieces.ts';
import { speechPool } from '../speech-pool.ts';
import { splitText } from '../split-text.ts';
import { longSpeakableText } from './speakable-text.ts';
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

/**
 * The speech engine that comes with the server: CMU Flite compiled to WebAssembly, in worker threads. English only.
 *
 * @see http://cmuflite.org
 */
export function createFliteEngine(options: FliteEngineOptions = {}): SpeechEngine {
  const pool = speechPool(builtWorker('./worker.js', import.meta.url), options);

  async function speakPiece(
    text: string,
    voice: FliteVoice,
    segment: TextSegment,
    askers: Askers | undefined,
  ): Promise<Pcm> {
    const shift = voice.meanPitchHz === undefined ? segment.pitch : 1;
    const settings = {
      ...(segment.rate * shift === 1 && segment.pitch === 1 ? {} : { duration_stretch: shift / segment.rate }),
      ...(voice.meanPitchHz === undefined || segment.pitch === 1
        ? {}
        : { int_f0_target_mean: voice.meanPitchHz * segment.pitch }),
    };
    const finish = { shift, gain: voice.gain * segment.volume, marginMs: MARGIN_MS };
    return pcmOf(await pool.run({ voice: voice.name, text, settings, finish }, { askers }));
  }

  return {
    name: 'flite',
    chooseVoice: chooseFliteVoice,
    async synthesize(segment, askers) {
      const voice = fliteVoice(chooseFliteVoice(segment.voice).voice) ?? FLITE_VOICES.slt;
      const texts = splitText(await longSpeakableText(segment.text), MAX_CHARS_PER_RUN);
      return speakPieces(texts, segment.rate, (text) => speakPiece(text, voice, segment, askers));
    },
    close: () => pool.close(),
  };
}
