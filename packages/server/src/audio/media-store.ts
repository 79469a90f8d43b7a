import { type MediaId, mediaIdOf } from './media-id.ts';
import { type Pcm, durationMs } from './pcm.ts';

/** What is known of a piece of audio besides its samples. */
export interface MediaDescription {
  /** What it is, for people: "prompt", "hold music", a file's name. */
  readonly label: string;
  /** The words that are spoken in it, where they are known. */
  readonly text?: string;
}

/** How much audio to keep; when a bound is passed, what was least recently used goes. */
export interface MediaStoreLimits {
  /** Bound on the total length, in seconds. Default 3600 (about 115 MB). */
  readonly maxSeconds?: number;
  /** Bound on the total size, in bytes. Default: none beside `maxSeconds`. */
  readonly maxBytes?: number;
  /** How many dropped ids are remembered as gone. Default 10 000. */
  readonly maxTombstones?: number;
}

/** A piece of audio is larger than the whole store may be. */
export class MediaTooLargeError extends Error {
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
  readonly #maxTombstones: number;
  /** In order of use: the first is the next to go. */
  readonly #stored = new Map<MediaId, StoredMedia>();
  readonly #gone = new Set<MediaId>();
  #bytes = 0;
  #totalMs = 0;

  constructor(limits: MediaStoreLimits = {}) {
    this.#maxSeconds = limits.maxSeconds ?? 3600;
    this.#maxBytes = limits.maxBytes ?? Number.POSITIVE_INFINITY;
    this.#maxTombstones = limits.maxTombstones ?? 10_000;
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
    if (byteLength > this.#maxBytes || durationMs(pcm) > this.#maxSeconds * 1000) {
      throw new MediaTooLargeError(
        `"${description.label}" is ${(durationMs(pcm) / 1000).toFixed(1)} s (${byteLength} bytes); ` +
          `the media store is limited to ${this.#maxSeconds} s and ${this.#maxBytes} bytes`,
      );
    }
    const id = known ?? mediaIdOf(pcm);
    if (this.get(id) instanceof Object) return id;
    this.#gone.delete(id);
    this.#stored.set(id, { pcm, description });
    this.#bytes += byteLength;
    this.#totalMs += durationMs(pcm);
    this.#evict();
    return id;
  }

  /** The audio, which thereby counts as used; `'gone'` if it was dropped, `undefined` if it was never there. */
  get(id: MediaId): Pcm | 'gone' | undefined {
    const stored = this.#stored.get(id);
    if (stored === undefined) return this.#gone.has(id) ? 'gone' : undefined;
    this.#stored.delete(id);
    this.#stored.set(id, stored);
    return stored.pcm;
  }

  /** What was said of the audio when it was put, with its length; `undefined` if it is not there. */
  describe(id: MediaId): (MediaDescription & { readonly durationMs: number }) | undefined {
    const stored = this.#stored.get(id);
    return stored && { ...stored.description, durationMs: durationMs(stored.pcm) };
  }

  #evict(): void {
    for (const [id, { pcm }] of this.#stored) {
      if (this.#totalMs <= this.#maxSeconds * 1000 && this.#bytes <= this.#maxBytes) return;
      this.#stored.delete(id);
      this.#bytes -= pcm.samples.byteLength;
      this.#totalMs -= durationMs(pcm);
      this.#gone.add(id);
      for (const oldest of this.#gone) {
        if (this.#gone.size <= this.#maxTombstones) break;
        this.#gone.delete(oldest);
      }
    }
  }
}
