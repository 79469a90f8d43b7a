import type { MediaId } from './media-id.ts';
import type { MediaStore } from './media-store.ts';
import { type Pcm, pcmOf, SAMPLE_RATE, samplesIn } from './pcm.ts';

/** How many samples of a track are kept as one piece of media: a second. */
const blockLength = SAMPLE_RATE;

/** The seconds of a track that are remembered; the oldest go first. Ten hours. */
const maxBlocks = 36_000;

/** Where live audio is kept. */
type Store = Pick<MediaStore, 'put' | 'get'>;

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
  readonly id: MediaId;
  readonly #label: string;
  readonly #store: Store;
  readonly #blocks = new Map<number, MediaId>();
  #open: OpenBlock | undefined;
  /** The sample after the last. */
  #end = 0;

  constructor(id: MediaId, label: string, store: Store) {
    this.id = id;
    this.#label = label;
    this.#store = store;
  }

  /**
   * Adds audio after what is there.
   *
   * @param atMs when it is to sound, from the track's beginning; no sooner than what is there has sounded
   */
  append(atMs: number, { samples }: Pcm): void {
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
  }

  /** Takes away what would sound from then on. */
  cut(atMs: number): void {
    const end = samplesIn(atMs);
    if (end >= this.#end) return;
    const last = Math.floor(end / blockLength);
    for (let index = Math.floor(this.#end / blockLength); index > last; index--) this.#blocks.delete(index);
    const kept = this.#samplesOf(last)?.subarray(0, end % blockLength) ?? new Int16Array();
    this.#blocks.delete(last);
    const samples = new Int16Array(blockLength);
    samples.set(kept);
    this.#open = { index: last, samples, used: kept.length };
    this.#end = end;
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
    const media = this.#blocks.get(index);
    const pcm = media === undefined ? undefined : this.#store.get(media);
    return pcm instanceof Object ? pcm.samples : undefined;
  }

  #blockAt(index: number): OpenBlock {
    if (this.#open?.index === index) return this.#open;
    this.#seal();
    this.#open = { index, samples: new Int16Array(blockLength), used: 0 };
    return this.#open;
  }

  #seal(): void {
    const open = this.#open;
    this.#open = undefined;
    if (!open?.samples.some((sample) => sample !== 0)) return;
    const samples = open.used === blockLength ? open.samples : open.samples.slice(0, open.used);
    this.#blocks.set(open.index, this.#store.put(pcmOf(samples), { label: this.#label }));
    for (const oldest of this.#blocks.keys()) {
      if (this.#blocks.size <= maxBlocks) break;
      this.#blocks.delete(oldest);
    }
  }
}

/** The live tracks of a server, by their ids; bounded, the oldest goes first. */
export class LiveAudio {
  readonly #store: Store;
  readonly #maxTracks: number;
  readonly #tracks = new Map<MediaId, LiveTrack>();

  /** @param maxTracks how many tracks are known at a time; default 1000 */
  constructor(store: Store, maxTracks = 1000) {
    this.#store = store;
    this.#maxTracks = maxTracks;
  }

  /**
   * Begins a track.
   *
   * @param id that no other media has
   * @param label what it is, for people
   */
  begin(id: string, label: string): LiveTrack {
    const track = new LiveTrack(`live-${id}`, label, this.#store);
    this.#tracks.set(track.id, track);
    for (const oldest of this.#tracks.keys()) {
      if (this.#tracks.size <= this.#maxTracks) break;
      this.#tracks.delete(oldest);
    }
    return track;
  }

  /** The track of that id, if it is known. */
  get(id: MediaId): LiveTrack | undefined {
    return this.#tracks.get(id);
  }
}
