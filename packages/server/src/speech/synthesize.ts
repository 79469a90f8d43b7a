import type { MediaId, MediaStore } from '../audio/media-store.ts';
import type { Download } from '../audio/download.ts';
import { type Pcm, concat, durationMs, padToWholeMs, silence } from '../audio/pcm.ts';
import type { SpeechEngine, Substitution } from './engine.ts';
import {
  type MediaSegment,
  PLAIN_PROSODY,
  type PromptNote,
  type Segment,
  type TextSegment,
  type VoiceRequest,
} from './segments.ts';
import type { ParsedSsml } from './ssml.ts';

/** What is to be said: plain text, or an SSML document. */
export type Prompt = { readonly text: string } | { readonly ssml: string };

/** A prompt that has become audio. */
export interface SpokenPrompt {
  /** The audio, in the media store. */
  readonly media: MediaId;
  /** A whole number. */
  readonly durationMs: number;
  /** The words, without markup. */
  readonly text: string;
  /** Present if someone else speaks than was asked for. */
  readonly substituted?: Substitution;
  readonly notes: readonly PromptNote[];
}

/** How much one prompt may ask for. Azure ends synthesis after ten minutes and takes 50 `voice` and `audio` elements. */
export const PROMPT_LIMITS = { characters: 20_000, seconds: 600, recordings: 50 } as const;

/** A prompt passes one of {@link PROMPT_LIMITS}. */
export class PromptTooLongError extends Error {
  override readonly name = 'PromptTooLongError';
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

/** The reader of SSML loads with the first document: a start would take ten milliseconds longer. */
async function readSsml(ssml: string, voice: VoiceRequest): Promise<ParsedSsml> {
  const { parseSsml } = await import('./ssml.ts');
  return parseSsml(ssml, voice);
}

/**
 * Turns prompts into audio in the media store. The same words by the same voice are synthesized once: while it is being
 * done, everyone waits for the one synthesis; afterwards it is there, as long as the store keeps it. A prompt with
 * recordings (SSML `audio`) is rendered anew each time.
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
   * @param voice who is to say it, as the request has it; SSML may say otherwise
   * @throws SsmlError if the SSML cannot be read (at once, before anything is synthesized)
   * @throws SpeechError if the engine fails
   * @throws PromptTooLongError if it passes {@link PROMPT_LIMITS}
   * @throws MediaTooLargeError if the audio is longer than the store may hold
   */
  async speak(prompt: Prompt, voice: VoiceRequest = {}): Promise<SpokenPrompt> {
    const { segments, notes } =
      'ssml' in prompt
        ? await readSsml(prompt.ssml, voice)
        : { segments: [{ kind: 'text', text: prompt.text, voice, ...PLAIN_PROSODY } as const], notes: [] };
    // A recording may be another the next time, or be there again: such a prompt is not remembered.
    const hasRecordings = segments.some((segment) => segment.kind === 'media');
    const spoken = await (hasRecordings ? this.#synthesize(segments) : this.#once(segments));
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
    const text = words(segments);
    if (text.length > PROMPT_LIMITS.characters) {
      throw new PromptTooLongError(
        `the prompt has ${text.length} characters; at most ${PROMPT_LIMITS.characters} are spoken`,
      );
    }
    const notes: PromptNote[] = [];
    const sound = new PromptSound();
    await this.#render(segments, sound, notes);
    const audio = concat(sound.parts);
    const substituted = substitution(segments, engine);
    const media = store.put(audio, { label: 'speech', text });
    return { media, durationMs: durationMs(audio), text, ...(substituted && { substituted }), notes };
  }

  // One after the other, so that a limit stops the work before it is done.
  async #render(segments: readonly Segment[], sound: PromptSound, notes: PromptNote[]): Promise<void> {
    for (const segment of segments) {
      if (segment.kind === 'text') sound.add(await this.#renderText(segment, notes));
      if (segment.kind === 'pause') sound.add(silence(segment.ms));
      if (segment.kind === 'media') await this.#renderMedia(segment, sound, notes);
    }
  }

  async #renderMedia(segment: MediaSegment, sound: PromptSound, notes: PromptNote[]): Promise<void> {
    sound.countRecording();
    const fetched = (await this.#parts.download?.(segment.uri)) ?? { ok: false, detail: 'nothing may be fetched' };
    if (fetched.ok) {
      sound.add(fetched.pcm);
    } else {
      notes.push({ id: 'audio/unavailable', summary: `<audio>: ${fetched.detail}` });
      await this.#render(segment.fallback, sound, notes);
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

/** The audio of a prompt as it grows, within the limits. */
class PromptSound {
  readonly parts: Pcm[] = [];
  #ms = 0;
  #recordings = 0;

  add(pcm: Pcm): void {
    // Timers count milliseconds: a prompt ends on one, and so do its parts.
    const part = padToWholeMs(pcm);
    this.parts.push(part);
    this.#ms += durationMs(part);
    if (this.#ms > PROMPT_LIMITS.seconds * 1000) {
      throw new PromptTooLongError(`the prompt lasts longer than ${PROMPT_LIMITS.seconds} s`);
    }
  }

  countRecording(): void {
    this.#recordings++;
    if (this.#recordings > PROMPT_LIMITS.recordings) {
      throw new PromptTooLongError(`the prompt has more than ${PROMPT_LIMITS.recordings} recordings`);
    }
  }
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
