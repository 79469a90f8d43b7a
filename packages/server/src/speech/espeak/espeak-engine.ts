import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Pcm, pcmOf } from '../../audio/pcm.ts';
import type { Askers } from '../../threads/askers.ts';
import { builtWorker } from '../../threads/built-worker.ts';
import type { SpeechEngine } from '../engine.ts';
import type { TextSegment } from '../segments.ts';
import { speakPieces } from '../speak-pieces.ts';
import { speechPool } from '../speech-pool.ts';
import { splitText } from '../split-text.ts';
import { chooseEspeakVoice } from './languages.ts';

/** The npm package that has to be installed. */
const ESPEAK_PACKAGE = '@echogarden/espeak-ng-emscripten';

/** How {@link createEspeakEngine} finds and runs eSpeak NG. */
export interface EspeakEngineOptions {
  /** The most worker threads at a time. Default 1. */
  readonly threads?: number;
  /** The longest that one piece of text (about 500 characters) may take, in milliseconds. Default 20 000. */
  readonly timeoutMs?: number;
  /** Further folders from which the package is looked for, after that of the server. */
  readonly lookIn?: readonly string[];
}

const MAX_CHARS_PER_RUN = 500;
const MARGIN_MS = 40;
/** eSpeak's speeds, in words a minute: its own, its slowest, its fastest. */
const [NORMAL_WPM, MIN_WPM, MAX_WPM] = [175, 80, 450];
/** eSpeak's pitch runs from 0 to 99 with 50 as normal; as measured, an octave is about this many steps. */
const PITCH_STEPS_PER_OCTAVE = 67;

/**
 * A second speech engine, for a hundred languages: eSpeak NG compiled to WebAssembly. It is no dependency of this
 * package, because its licence is the GPL-3.0: whoever wants it installs it.
 *
 * @returns `undefined` when the package is not installed
 * @see https://github.com/espeak-ng/espeak-ng
 */
export function createEspeakEngine(options: EspeakEngineOptions = {}): SpeechEngine | undefined {
  const library = findPackage([import.meta.dirname, ...(options.lookIn ?? [])]);
  if (library === undefined) return undefined;
  const pool = speechPool(builtWorker('./worker.js', import.meta.url), options, { library });

  async function speakPiece(text: string, segment: TextSegment, askers: Askers | undefined): Promise<Pcm> {
    const settings = {
      rate: Math.round(clamp(NORMAL_WPM * segment.rate, MIN_WPM, MAX_WPM)),
      pitch: Math.round(clamp(50 + PITCH_STEPS_PER_OCTAVE * Math.log2(segment.pitch), 0, 99)),
    };
    const { voice } = chooseEspeakVoice(segment.voice);
    const finish = { shift: 1, gain: segment.volume, marginMs: MARGIN_MS };
    return pcmOf(await pool.run({ voice, text, settings, finish }, { askers }));
  }

  return {
    name: 'espeak',
    chooseVoice: chooseEspeakVoice,
    async synthesize(segment, askers) {
      // eSpeak reads a letter, a mark or an emoji of any script, but stops at a control character.
      const texts = splitText(segment.text.replace(/\p{Cc}+/gu, ' '), MAX_CHARS_PER_RUN);
      return speakPieces(texts, segment.rate, (text) => speakPiece(text, segment, askers));
    },
    close: () => pool.close(),
  };
}

function findPackage(folders: readonly string[]): string | undefined {
  for (const folder of folders) {
    try {
      return pathToFileURL(createRequire(join(folder, 'package.json')).resolve(ESPEAK_PACKAGE)).href;
    } catch {
      // Not installed there: try the next folder.
    }
  }
  return undefined;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
