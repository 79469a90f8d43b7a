/** One run of flite, as the engine asks its worker thread for it. */
export interface FliteJob {
  readonly id: number;
  readonly voice: string;
  /** Speakable text without NUL. */
  readonly text: string;
  /** flite's numeric features, its `--setf NAME=VALUE`. */
  readonly features: Readonly<Record<string, number>>;
}

/** The thread's answer: a WAV file as flite wrote it, or what went wrong. */
export type FliteReply =
  { readonly id: number; readonly wav: Uint8Array } | { readonly id: number; readonly error: string };
