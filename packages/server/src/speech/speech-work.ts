/** One piece of text, as an engine asks its worker thread for it. */
export interface SpeechWork {
  /** The engine's name for a voice. */
  readonly voice: string;
  readonly text: string;
  /** The engine's own settings, by its own names. */
  readonly settings: Readonly<Record<string, number>>;
  readonly finish: SpeechFinish;
}

/** What is done to the samples before they leave the thread. */
export interface SpeechFinish {
  /** Factor by which the pitch is raised by playing faster; 1 leaves it. */
  readonly shift: number;
  /** Factor on the loudness. */
  readonly gain: number;
  /** Silence left around the sound, in milliseconds. */
  readonly marginMs: number;
}
