/** Who should speak, in the words of the request: a provider's voice name, a locale, a gender; any of them may be absent. */
export interface VoiceRequest {
  /** A voice's name at its provider: `en-US-NancyNeural`, `Joanna`. */
  readonly name?: string;
  /** A BCP 47 language tag, or a tag with a gender: `en-US`, `en-US/female`. */
  readonly locale?: string;
  readonly gender?: 'male' | 'female';
}

/** How something is spoken, each as a factor on the voice's own manner (1). */
export interface Prosody {
  /** Speed: 2 is twice as fast. */
  readonly rate: number;
  /** Pitch: 2 is an octave higher. */
  readonly pitch: number;
  /** Loudness as a factor on the amplitude: 0 is silent. */
  readonly volume: number;
}

/** The voice's own manner. */
export const PLAIN_PROSODY: Prosody = { rate: 1, pitch: 1, volume: 1 };

/** Words to be spoken, with everything written out: no markup is left. */
export interface TextSegment extends Prosody {
  readonly kind: 'text';
  readonly text: string;
  readonly voice: VoiceRequest;
}

/** Silence of a given length in milliseconds. */
export interface PauseSegment {
  readonly kind: 'pause';
  readonly ms: number;
}

/** A recording to be played; what to do instead if it cannot be had. */
export interface MediaSegment {
  readonly kind: 'media';
  readonly uri: string;
  readonly fallback: readonly Segment[];
}

/** A named place in the prompt, without any length (SSML `mark` and `bookmark`). */
export interface MarkSegment {
  readonly kind: 'mark';
  readonly name: string;
}

/** A piece of a prompt; a prompt is a list of them, one after the other. */
export type Segment = TextSegment | PauseSegment | MediaSegment | MarkSegment;

/** Something that the audio of a prompt lacks of what was asked for, without it being an error. */
export interface Shortcoming {
  readonly id:
    | 'ssml/ignored-element'
    | 'ssml/ignored-attribute'
    | 'ssml/ignored-value'
    | 'audio/unavailable'
    | 'speech/nothing-to-say';
  readonly summary: string;
}
