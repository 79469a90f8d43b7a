import type { MediaId, MediaStore } from '../audio/media-store.ts';
import type { Download } from '../audio/download.ts';
import { type Pcm, concat, durationMs, silence } from '../audio/pcm.ts';
import type { SpeechEngine, Substitution } from './engine.ts';
import { PLAIN_PROSODY, type PromptNote, type Segment, type TextSegment, type VoiceRequest } from './segments.ts';
import { parseSsml } from './ssml.ts';

/** What is to be said: plain text, or an SSML document. */
export type Prompt = { readonly text: string } | { readonly ssml: string };

/** Who is to say it, as the request has it; see {@link VoiceRequest}. */
export interface SpeakOptions {
  readonly locale?: string;
  readonly gender?: 'male' | 'female';
  readonly voice?: string;
}

/** A prompt that has become audio. */
export interface SpokenPrompt {
  /** The audio, in the media store. */
  readonly media: MediaId;
  readonly durationMs: number;
  /** The words, without markup. */
  readonly text: string;
  /** Present if someone else speaks than was asked for. */
  readonly substituted?: Substitution;
  readonly notes: readonly PromptNote[];
}

/** What a {@link Speaker} works with. */
export interface SpeakerParts {
  readonly engine: SpeechEngine;
  readonly store: MediaStore;
  /** Fetches the recordings of SSML `audio`; without it their fallback is spoken. */
  readonly download?: Download;
  /** How many prompts are remembered as synthesized. Default 1000. */
  readonly maxRemembered?: number;
}

/**
 * Turns prompts into audio in the media store. The same words by the same voice are synthesized once: while it is being
 * done, everyone waits for the one synthesis; afterwards it is there, as long as the store keeps it. Recordings that
 * SSML refers to are fetched anew with every prompt that is not remembered.
 */
export class Speaker {
  readonly #parts: SpeakerParts;
  /** In order of use: the first is the next to be forgotten. */
  readonly #remembered = new Map<string, Promise<SpokenPrompt>>();

  constructor(parts: SpeakerParts) {
    this.#parts = parts;
  }

  /**
   * Speaks a prompt.
   *
   * @throws SsmlError if the SSML cannot be read (at once, before anything is synthesized)
   * @throws SpeechError if the engine fails
   * @throws MediaTooLargeError if the audio is longer than the store may hold
   */
  async speak(prompt: Prompt, options: SpeakOptions = {}): Promise<SpokenPrompt> {
    const voice = voiceRequest(options);
    const { segments, notes } =
      'ssml' in prompt
        ? parseSsml(prompt.ssml, voice)
        : { segments: [{ kind: 'text', text: prompt.text, voice, ...PLAIN_PROSODY } as const], notes: [] };
    const spoken = await this.#once(segments);
    return notes.length === 0 ? spoken : { ...spoken, notes: [...notes, ...spoken.notes] };
  }

  async #once(segments: readonly Segment[]): Promise<SpokenPrompt> {
    const key = JSON.stringify(segments);
    const known = this.#remembered.get(key);
    if (known !== undefined) {
      const spoken = await known;
      if (this.#parts.store.get(spoken.media) instanceof Object) {
        this.#remember(key, known);
        return spoken;
      }
    }
    const work = this.#synthesize(segments);
    this.#remember(key, work);
    // What failed is tried again the next time; the caller gets the error all the same.
    work.catch(() => this.#remembered.delete(key));
    return work;
  }

  #remember(key: string, work: Promise<SpokenPrompt>): void {
    this.#remembered.delete(key);
    this.#remembered.set(key, work);
    for (const oldest of this.#remembered.keys()) {
      if (this.#remembered.size <= (this.#parts.maxRemembered ?? 1000)) break;
      this.#remembered.delete(oldest);
    }
  }

  async #synthesize(segments: readonly Segment[]): Promise<SpokenPrompt> {
    const { engine, store } = this.#parts;
    const notes: PromptNote[] = [];
    const audio = concat(await this.#render(segments, notes));
    const text = words(segments);
    const substituted = substitution(segments, engine);
    const media = store.put(audio, { label: 'speech', text });
    return { media, durationMs: durationMs(audio), text, ...(substituted && { substituted }), notes };
  }

  async #render(segments: readonly Segment[], notes: PromptNote[]): Promise<Pcm[]> {
    const parts = await Promise.all(segments.map((segment) => this.#renderOne(segment, notes)));
    return parts.flat();
  }

  async #renderOne(segment: Segment, notes: PromptNote[]): Promise<Pcm[]> {
    switch (segment.kind) {
      case 'text':
        return [await this.#renderText(segment, notes)];
      case 'pause':
        return [silence(segment.ms)];
      case 'mark':
        return [];
      case 'media': {
        const fetched = (await this.#parts.download?.(segment.uri)) ?? { ok: false, detail: 'nothing may be fetched' };
        if (fetched.ok) return [fetched.pcm];
        notes.push({ id: 'audio/unavailable', summary: `<audio>: ${fetched.detail}` });
        return this.#render(segment.fallback, notes);
      }
    }
  }

  async #renderText(segment: TextSegment, notes: PromptNote[]): Promise<Pcm> {
    const pcm = await this.#parts.engine.synthesize(segment);
    if (pcm.samples.length === 0) {
      notes.push({ id: 'speech/nothing-to-say', summary: `nothing in ${JSON.stringify(segment.text)} can be spoken` });
    }
    return pcm;
  }
}

function voiceRequest({ locale, gender, voice }: SpeakOptions): VoiceRequest {
  return {
    ...(voice === undefined ? {} : { name: voice }),
    ...(locale === undefined ? {} : { locale }),
    ...(gender === undefined ? {} : { gender }),
  };
}

function words(segments: readonly Segment[]): string {
  return segments.flatMap((segment) => (segment.kind === 'text' ? [segment.text] : [])).join(' ');
}

function substitution(segments: readonly Segment[], engine: SpeechEngine): Substitution | undefined {
  for (const segment of segments) {
    const substituted = segment.kind === 'text' ? engine.chooseVoice(segment.voice).substituted : undefined;
    if (substituted !== undefined) return substituted;
  }
  return undefined;
}
