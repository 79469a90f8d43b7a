import { hash } from 'node:crypto';
import type { Download } from '../audio/download.ts';
import type { MediaId } from '../audio/media-id.ts';
import type { MediaStore } from '../audio/media-store.ts';
import { type Pcm, durationMs, silence } from '../audio/pcm.ts';
import { BoundedMap } from '../bounded/bounded-map.ts';
import { weightOf } from '../bounded/weight.ts';
import { Askers, type Asking } from '../threads/askers.ts';
import { Turns } from '../threads/turns.ts';
import { type SpeechEngine, SpeechError, type Substitution } from './engine.ts';
import { checkCharacters, checkPrompt, checkSsmlSize } from './prompt-limits.ts';
import { PromptSound } from './prompt-sound.ts';
import {
  type MediaSegment,
  PLAIN_PROSODY,
  type Shortcoming,
  type Segment,
  type TextSegment,
  type VoiceRequest,
} from './segments.ts';
import type { ParsedSsml } from './ssml.ts';

/** What is to be said: plain text, or an SSML document. */
export type Words = { readonly text: string } | { readonly ssml: string };

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
  readonly shortcomings: readonly Shortcoming[];
}

/** What a {@link Speaker} works with. */
export interface SpeakerParts {
  readonly engine: SpeechEngine;
  readonly store: MediaStore;
  /** Fetches the recordings of SSML `audio`; without it their fallback is spoken. */
  readonly download?: Download;
}

/** For whom a prompt is spoken, and for how long it is wanted. */
export interface SpeechWish extends Asking {
  /** Nobody waits for it any more: it leaves the queue, unless others want the same. */
  readonly isGivenUp: boolean;
  /** Has a listener told when that happens, in place of the one that came before. */
  whenGivenUp(listener: () => void): void;
}

/** The wish of somebody who waits in nobody's line, for as long as it takes. */
class PatientWish implements SpeechWish {
  readonly line = '';
  readonly isGivenUp = false;
  whenGivenUp(): void {}
}

/** A prompt that is being synthesized, or was. */
interface Remembered {
  readonly key: string;
  readonly segments: readonly Segment[];
  readonly askers: Askers;
  readonly work: Promise<SpokenPrompt>;
  /** What came of the work, once it is done. */
  spoken: SpokenPrompt | undefined;
}

/** What a remembered prompt weighs besides what came of it: its key, a promise and those who ask. An estimate. */
const overheadBytes = 512;

/** The reader of SSML loads with the first document: a start would take ten milliseconds longer. */
async function readSsml(ssml: string, voice: VoiceRequest): Promise<ParsedSsml> {
  const { parseSsml } = await import('./ssml.ts');
  return parseSsml(ssml, voice);
}

/**
 * Turns prompts into audio in the media store. The same words by the same voice are synthesized once: while it is being
 * done, everyone waits for the one synthesis; afterwards it is there, as long as the store keeps it. A prompt with
 * recordings (SSML `audio`) is rendered again each time.
 */
export class Speaker {
  readonly #parts: SpeakerParts;
  readonly #remembered = new BoundedMap<string, Remembered>('spoken-prompts', {
    weigh: ({ segments, spoken }) => overheadBytes + weightOf(segments) + (spoken ? weightOf(spoken) : 0),
    order: 'use',
  });

  constructor(parts: SpeakerParts) {
    this.#parts = parts;
  }

  /** What the prompts weigh that are remembered as synthesized, in bytes. */
  get rememberedBytes(): number {
    return this.#remembered.bytes;
  }

  /**
   * Speaks a prompt.
   *
   * @param voice who is to say it, as the request has it; SSML may say otherwise
   * @throws SsmlError if the SSML cannot be read (at once, before anything is synthesized)
   * @throws SpeechError if the engine fails, or the prompt is not wanted any more
   * @throws PromptTooLongError if it passes `PROMPT_LIMITS`: at once, as far as that can be told from what it says
   * @throws MediaTooLargeError if the audio is longer than the store may hold
   */
  speak(prompt: Words, voice: VoiceRequest = {}, wish: SpeechWish = new PatientWish()): Promise<SpokenPrompt> {
    if ('ssml' in prompt) return this.#speakSsml(prompt.ssml, voice, wish);
    try {
      checkCharacters(prompt.text.length);
      const segments = plainSegments(prompt.text, voice);
      checkPrompt(segments);
      return this.#once(segments, wish);
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  /** What came of words that were spoken before, while it is there. */
  known(text: string, voice: VoiceRequest = {}): SpokenPrompt | undefined {
    const known = this.#remembered.get(keyOf(plainSegments(text, voice)));
    return known?.spoken && this.#stands(known, known.spoken) ? known.spoken : undefined;
  }

  async #speakSsml(ssml: string, voice: VoiceRequest, wish: SpeechWish): Promise<SpokenPrompt> {
    checkSsmlSize(ssml);
    const { segments, shortcomings } = await readSsml(ssml, voice);
    checkPrompt(segments);
    // A recording may be another the next time, or be there again: such a prompt is not remembered.
    const hasRecordings = segments.some((segment) => segment.kind === 'media');
    const spoken = await (hasRecordings ? this.#anew(segments, wish) : this.#once(segments, wish));
    return shortcomings.length === 0 ? spoken : { ...spoken, shortcomings: [...shortcomings, ...spoken.shortcomings] };
  }

  #anew(segments: readonly Segment[], wish: SpeechWish): Promise<SpokenPrompt> {
    const askers = new Askers(wish);
    return whileWanted(this.#synthesize(segments, askers), askers, wish);
  }

  #once(segments: readonly Segment[], wish: SpeechWish): Promise<SpokenPrompt> {
    const key = keyOf(segments);
    const known = this.#remembered.get(key);
    // What everybody has given up ends soon; it is begun again.
    if (known === undefined || (!known.spoken && known.askers.isEmpty)) return this.#begin(key, segments, wish);
    if (known.spoken) return this.#stands(known, known.spoken) ? known.work : this.#once(segments, wish);
    // Nothing of one's own is kept meanwhile: many may wait for the same words.
    return whileWanted(known.work, known.askers, wish).then((spoken) =>
      this.#stands(known, spoken) ? spoken : this.#once(known.segments, wish),
    );
  }

  /** Whether what was spoken is in the store still; forgets it if not. */
  #stands(known: Remembered, spoken: SpokenPrompt): boolean {
    const { key } = known;
    const isRemembered = this.#remembered.get(key) === known;
    if (this.#parts.store.get(spoken.media) instanceof Object) {
      // It may have been dropped meanwhile. Kept again, it would be weighed again.
      if (!isRemembered) this.#remembered.set(key, known);
      return true;
    }
    if (isRemembered) this.#remembered.delete(key);
    return false;
  }

  #begin(key: string, segments: readonly Segment[], wish: SpeechWish): Promise<SpokenPrompt> {
    const askers = new Askers(wish);
    const work = this.#synthesize(segments, askers);
    const begun: Remembered = { key, segments, askers, work, spoken: undefined };
    this.#remembered.set(key, begun);
    work.then(
      (spoken) => {
        begun.spoken = spoken;
        if (this.#remembered.get(key) === begun) this.#remembered.reweigh(key);
      },
      // What failed is tried again the next time; the caller gets the error all the same.
      () => {
        if (this.#remembered.get(key) === begun) this.#remembered.delete(key);
      },
    );
    return whileWanted(work, askers, wish);
  }

  async #synthesize(segments: readonly Segment[], askers: Askers): Promise<SpokenPrompt> {
    const { engine, store } = this.#parts;
    const shortcomings: Shortcoming[] = [];
    const said: string[] = [];
    const sound = new PromptSound(new Turns());
    await this.#render(segments, sound, { shortcomings, said, askers });
    const { media, pcm } = sound.end();
    const text = said.join(' ');
    const substituted = substitution(segments, engine);
    store.put(pcm, { label: 'speech', text }, media);
    return { media, durationMs: durationMs(pcm), text, ...(substituted && { substituted }), shortcomings };
  }

  // One after the other, so that a limit stops the work before it is done.
  async #render(segments: readonly Segment[], sound: PromptSound, rendering: Rendering): Promise<void> {
    for (const segment of segments) {
      if (rendering.askers.isEmpty) throw new SpeechError('the prompt is not asked for any more');
      if (segment.kind === 'text') await sound.add(await this.#renderText(segment, rendering));
      if (segment.kind === 'pause') await sound.add(silence(segment.ms));
      if (segment.kind === 'media') await this.#renderMedia(segment, sound, rendering);
    }
  }

  async #renderMedia(segment: MediaSegment, sound: PromptSound, rendering: Rendering): Promise<void> {
    const { download } = this.#parts;
    const fetched = (await download?.(segment.uri, rendering.askers)) ?? {
      ok: false,
      detail: 'nothing may be fetched',
    };
    if (fetched.ok) {
      await sound.add(fetched.pcm);
    } else {
      rendering.shortcomings.push({ id: 'audio/unavailable', summary: `<audio>: ${fetched.detail}` });
      await this.#render(segment.fallback, sound, rendering);
    }
  }

  async #renderText(segment: TextSegment, { shortcomings, said, askers }: Rendering): Promise<Pcm> {
    said.push(segment.text);
    const pcm = await this.#parts.engine.synthesize(segment, askers);
    if (pcm.samples.length === 0) {
      shortcomings.push({
        id: 'speech/nothing-to-say',
        summary: `nothing in ${JSON.stringify(segment.text.slice(0, MAX_QUOTED))} can be spoken`,
      });
    }
    return pcm;
  }
}

/** As much of a text as a note repeats. */
const MAX_QUOTED = 100;

/** What goes along while a prompt is rendered. */
interface Rendering {
  readonly shortcomings: Shortcoming[];
  /** Texts that were spoken, first to last. */
  readonly said: string[];
  readonly askers: Askers;
}

function plainSegments(text: string, voice: VoiceRequest): readonly Segment[] {
  return [{ kind: 'text', text, voice, ...PLAIN_PROSODY }];
}

/** What is to be said, as a key: as it is where that is short. It has a bracket or a colon in it, so that it is no hash. */
function keyOf(segments: readonly Segment[]): string {
  const [first] = segments;
  const text = first?.kind === 'text' && segments.length === 1 ? keyOfText(first) : JSON.stringify(segments);
  return text.length <= 256 ? text : hash('sha256', text, 'base64');
}

/** Most prompts are one text. Written by hand: as JSON it would take several times as long. */
function keyOfText({ text, voice: { name, locale, gender }, rate, pitch, volume }: TextSegment): string {
  return `${delimited(name)}${delimited(locale)}${gender},${rate},${pitch},${volume}:${text}`;
}

/** With its length before it, so that no other name and locale make the same text. */
function delimited(text: string | undefined): string {
  return text === undefined ? '-' : `${text.length}:${text}`;
}

/** Waits for work as one of those who ask for it; who gives up leaves them. */
function whileWanted<Result>(work: Promise<Result>, askers: Askers, wish: SpeechWish): Promise<Result> {
  askers.join(wish);
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      askers.leave(wish);
      reject(new SpeechError('the prompt is not asked for any more'));
    };
    work.then(resolve, reject);
    wish.whenGivenUp(leave);
    if (wish.isGivenUp) leave();
  });
}

function substitution(segments: readonly Segment[], engine: SpeechEngine): Substitution | undefined {
  for (const segment of segments) {
    const substituted = segment.kind === 'text' ? engine.chooseVoice(segment.voice).substituted : undefined;
    if (substituted !== undefined) return substituted;
  }
  return undefined;
}
