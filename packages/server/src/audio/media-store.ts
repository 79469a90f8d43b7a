import { BoundedMap } from '../bounded/bounded-map.ts';
import { bounds } from '../bounded/bounds.ts';
import { beginningOfText } from '../bounded/own-text.ts';
import { weightOf } from '../bounded/weight.ts';
import { type MediaId, mediaIdOf } from './media-id.ts';
import { type Pcm, SAMPLE_RATE, durationMs, pcmOf } from './pcm.ts';

/** What is known of a piece of audio besides its samples. */
export interface MediaDescription {
  /** What it is, for people: "prompt", "hold music", a file's name. */
  readonly label: string;
  /** The words that are spoken in it, where they are known. */
  readonly text?: string;
}

/** 115 MB of samples. */
export const defaultMediaSeconds = 3600;
const bytesPerSecond = SAMPLE_RATE * 2;
/** A label is for people; a file's address may be longer than that. */
const maxLabelLength = 500;
/** What a piece of audio weighs besides its samples and its description: they may be as short as a millisecond. */
const overheadBytes = 512;

/** How much audio to keep; when a bound is passed, what was least recently used goes. */
export interface MediaStoreLimits {
  /** Bound on the total length, in seconds. Default {@link defaultMediaSeconds}. */
  readonly maxSeconds?: number;
  /** Bound on the total size, in bytes: samples, descriptions and what each piece costs by itself. */
  readonly maxBytes?: number;
  /** How many dropped ids are remembered as gone. Default 10 000. */
  readonly maxTombstones?: number;
}

/** A piece of audio is larger than the whole store may be. */
class MediaTooLargeError extends Error {
  override readonly name = 'MediaTooLargeError';
}

interface StoredMedia {
  readonly pcm: Pcm;
  readonly description: MediaDescription;
}

/**
 * Audio by content: the same samples are kept once, whoever puts them. Bounded; what had to go answers `'gone'` (HTTP
 * 410), what was never there `undefined` (404).
 */
export class MediaStore {
  readonly #maxSeconds: number;
  readonly #maxBytes: number;
  readonly #stored: BoundedMap<MediaId, StoredMedia>;
  #totalMs = 0;

  constructor(limits: MediaStoreLimits = {}) {
    this.#maxSeconds = limits.maxSeconds ?? defaultMediaSeconds;
    // Whoever keeps more seconds of audio than usual need not say that it takes more bytes.
    const secondsMore = Math.max(0, this.#maxSeconds - defaultMediaSeconds);
    this.#maxBytes = limits.maxBytes ?? bounds.media.bytes + secondsMore * bytesPerSecond;
    this.#stored = new BoundedMap('media', {
      weigh: weightOfMedia,
      order: 'use',
      bound: { bytes: this.#maxBytes },
      tombstones: limits.maxTombstones ?? 10_000,
      onDrop: ({ pcm }) => (this.#totalMs -= durationMs(pcm)),
    });
  }

  /** The size of everything that is kept, in bytes. */
  get bytes(): number {
    return this.#stored.bytes;
  }

  /** Total length of what is kept, in seconds. */
  get totalSeconds(): number {
    return this.#totalMs / 1000;
  }

  /**
   * Keeps audio. The samples must not be changed afterwards. If the same audio is there already, its first description
   * stays.
   *
   * @param known its id, where it is known already: making it takes a millisecond for every minute of audio
   * @throws MediaTooLargeError if it alone passes a limit of the store
   */
  put(pcm: Pcm, description: MediaDescription, known?: MediaId): MediaId {
    const { byteLength } = pcm.samples;
    const stored = storedMedia(pcm, description);
    if (weightOfMedia(stored) > this.#maxBytes || durationMs(pcm) > this.#maxSeconds * 1000) {
      throw new MediaTooLargeError(
        `"${stored.description.label}" is ${(durationMs(pcm) / 1000).toFixed(1)} s (${byteLength} bytes); ` +
          `the media store is limited to ${this.#maxSeconds} s and ${this.#maxBytes} bytes`,
      );
    }
    const id = known ?? mediaIdOf(pcm);
    if (this.get(id) instanceof Object) return id;
    this.#totalMs += durationMs(pcm);
    this.#stored.set(id, stored);
    while (this.#totalMs > this.#maxSeconds * 1000) this.#stored.dropOldest();
    return id;
  }

  /** The audio, which thereby counts as used; `'gone'` if it was dropped, `undefined` if it was never there. */
  get(id: MediaId): Pcm | 'gone' | undefined {
    return this.#stored.get(id)?.pcm ?? (this.#stored.wasDropped(id) ? 'gone' : undefined);
  }

  /** What was said of the audio when it was put, with its length; `undefined` if it is not there. */
  describe(id: MediaId): (MediaDescription & { readonly durationMs: number }) | undefined {
    const stored = this.#stored.get(id);
    return stored && { ...stored.description, durationMs: durationMs(stored.pcm) };
  }
}

/** What is kept of a piece of audio: not the larger buffer that it may be a part of, and no endless label. */
function storedMedia({ samples }: Pcm, { label, ...description }: MediaDescription): StoredMedia {
  const own = samples.byteLength === samples.buffer.byteLength ? samples : samples.slice();
  return { pcm: pcmOf(own), description: { label: shortLabel(label), ...description } };
}

function weightOfMedia({ pcm, description }: StoredMedia): number {
  return pcm.samples.byteLength + weightOf(description) + overheadBytes;
}

function shortLabel(label: string): string {
  return label.length <= maxLabelLength ? label : `${beginningOfText(label, maxLabelLength)}…`;
}
