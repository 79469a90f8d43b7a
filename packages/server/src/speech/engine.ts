import type { Pcm } from '../audio/pcm.ts';
import type { Askers } from '../threads/askers.ts';
import type { TextSegment, VoiceRequest } from './segments.ts';

/** The voice an engine will speak with. */
export interface ChosenVoice {
  /** The engine's own name for it. */
  readonly voice: string;
  /** Present if the language or the voice asked for is not to be had and another speaks in its place. */
  readonly substituted?: Substitution;
}

/** Who was asked for, and who speaks instead. */
export interface Substitution {
  readonly asked: string;
  readonly used: string;
}

/** Turns words into audio. Engines are independent of providers: what to say arrives written out. */
export interface SpeechEngine {
  readonly name: string;
  /** Picks a voice; always finds one. */
  chooseVoice(asked: VoiceRequest): ChosenVoice;
  /**
   * Speaks one segment, without silence before or after it beyond a few hundredths of a second. Off the main thread.
   *
   * @param askers for whom: pieces wait their turn among those of other calls, and are given up when nobody is left
   * @returns empty audio if there is nothing that could be spoken
   * @throws SpeechError if the engine fails
   */
  synthesize(segment: TextSegment, askers?: Askers): Promise<Pcm>;
  /** Stops its threads; synthesis in progress is refused with a SpeechError. */
  close(): Promise<void>;
}

/** The engine could not speak: it crashed, took too long, or was closed. */
export class SpeechError extends Error {
  override readonly name = 'SpeechError';
}
