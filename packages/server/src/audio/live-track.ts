import type { MediaId } from './media-id.ts';
import type { MediaStore } from './media-store.ts';
import { type Pcm, pcmOf, SAMPLE_RATE, samplesIn } from './pcm.ts';

/** How many samples of a track are kept as one piece of media: a second. */
const blockLength = SAMPLE_RATE;

/** What a track weighs besides the second that is being filled. An estimate. */
const overheadBytes = 512;

/** What a track works with. */
export interface LiveTrackParts {
  readonly id: MediaId;
  /** What it is, for people. */
  readonly label: string;
  readonly store: Pick<MediaStore, 'put' | 'get'>;
  /** Which piece of media each second of the track is. */
  readonly seconds: {
    get(index: number): MediaId | undefined;
    set(index: number, media: MediaId): void;
    delete(index: number): void;
  };
  /** Told that the track was filled, and may weigh something else. */
  readonly changed: () => void;
}

/** A second of a track that is still being filled. */
interface OpenBlock {
  readonly index: number;
  readonly samples: Int16Array;
  used: number;
}

/**
 * Audio that grows while it is heard, as an application or a party streams it. It stands in the media store, second by
 * second, and is bounded by it: what the store had to drop is silent, as what never came.
 */
export class LiveTrack {
  readonly #parts: LiveTrackParts;
  #open: OpenBlock | undefined;
  /** The length, in samples. */
  #end = 0;
  #forgotten = false;

  constructor(parts: LiveTrackParts) {
    this.#parts = parts;
  }

  get id(): MediaId {
    return this.#parts.id;
  }

  /** What it weighs, in bytes, besides its seconds. */
  get bytes(): number {
    return overheadBytes + (this.#open?.samples.byteLength ?? 0);
  }

  /**
   * Adds audio after what is there.
   *
   * @param atMs when it is to sound, from the track's beginning; no sooner than what is there has sounded
   */
  append(atMs: number, { samples }: Pcm): void {
    if (this.#forgotten) return;
    let at = Math.max(this.#end, samplesIn(atMs));
    for (let done = 0; done < samples.length;) {
      const open = this.#blockAt(Math.floor(at / blockLength));
      const start = at % blockLength;
      const part = samples.subarray(done, done + blockLength - start);
      open.samples.set(part, start);
      open.used = start + part.length;
      done += part.length;
      at += part.length;
      if (open.used === blockLength) this.#seal();
    }
    this.#end = at;
    this.#parts.changed();
  }

  /** Takes away what would sound from then on. */
  cut(atMs: number): void {
    const end = samplesIn(atMs);
    if (end >= this.#end || this.#forgotten) return;
    const last = Math.floor(end / blockLength);
    for (let index = Math.floor(this.#end / blockLength); index > last; index--) this.#parts.seconds.delete(index);
    const kept = this.#samplesOf(last)?.subarray(0, end % blockLength) ?? new Int16Array();
    this.#parts.seconds.delete(last);
    const samples = new Int16Array(blockLength);
    samples.set(kept);
    this.#open = { index: last, samples, used: kept.length };
    this.#end = end;
    this.#parts.changed();
  }

  /** Nothing more comes for now: what is there is kept in as little room as it takes. */
  end(): void {
    if (this.#forgotten) return;
    this.#seal();
    this.#parts.changed();
  }

  /** Drops what is kept and keeps nothing from now on: the track is no longer known. */
  forget(): void {
    this.#forgotten = true;
    this.#open = undefined;
  }

  /** What is there between two samples of the track: stretches that begin at their sample `at`, in order. */
  *pieces(from: number, to: number): Generator<{ readonly at: number; readonly samples: Int16Array }, void, undefined> {
    const first = Math.floor(Math.max(0, from) / blockLength);
    const last = Math.floor((Math.min(to, this.#end) - 1) / blockLength);
    for (let index = first; index <= last; index++) {
      const samples = this.#samplesOf(index);
      if (samples) yield { at: index * blockLength, samples };
    }
  }

  #samplesOf(index: number): Int16Array | undefined {
    if (this.#open?.index === index) return this.#open.samples.subarray(0, this.#open.used);
    const media = this.#parts.seconds.get(index);
    const pcm = media === undefined ? undefined : this.#parts.store.get(media);
    return pcm instanceof Object ? pcm.samples : undefined;
  }

  #blockAt(index: number): OpenBlock {
    if (this.#open?.index === index) return this.#open;
    this.#seal();
    const samples = new Int16Array(blockLength);
    // There is something where the track had ended before.
    samples.set(this.#samplesOf(index) ?? []);
    this.#open = { index, samples, used: 0 };
    return this.#open;
  }

  #seal(): void {
    const open = this.#open;
    this.#open = undefined;
    if (!open?.samples.some((sample) => sample !== 0)) return;
    const { store, label, seconds } = this.#parts;
    const samples = open.used === blockLength ? open.samples : open.samples.slice(0, open.used);
    seconds.set(open.index, store.put(pcmOf(samples), { label }));
  }
}
