/** One piece of text, as an engine asks its worker thread for it. */
export interface SpeechJob {
  readonly id: number;
  /** The engine's name for a voice. */
  readonly voice: string;
  readonly text: string;
  /** The engine's own settings, by its own names. */
  readonly settings: Readonly<Record<string, number>>;
}

/** The thread's answer: samples at 16 kHz, or what went wrong. */
export type SpeechReply =
  { readonly id: number; readonly samples: Int16Array } | { readonly id: number; readonly error: string };
