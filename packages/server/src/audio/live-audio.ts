import { BoundedMap } from '../bounded/bounded-map.ts';
import { textBytes } from '../bounded/weight.ts';
import { LiveTrack } from './live-track.ts';
import type { MediaId } from './media-id.ts';
import type { MediaStore } from './media-store.ts';

/** What the entry of a second weighs besides its key and the name of its audio. An estimate. */
const secondBytes = 160;

/**
 * The live tracks of a server, by their ids. They are bounded together: the track goes that nobody heard or filled for the
 * longest time, and of what all of them hold the oldest seconds.
 */
export class LiveAudio {
  readonly #store: Pick<MediaStore, 'put' | 'get'>;
  readonly #tracks: BoundedMap<MediaId, LiveTrack>;
  readonly #seconds = new BoundedMap<string, MediaId>('live-seconds', {
    weigh: (media, key) => secondBytes + textBytes(key) + textBytes(media),
  });
  #begun = 0;

  /** @param maxTracks how many tracks are known at a time, in place of the usual bound */
  constructor(store: Pick<MediaStore, 'put' | 'get'>, maxTracks?: number) {
    this.#store = store;
    this.#tracks = new BoundedMap('live-tracks', {
      weigh: ({ bytes }) => bytes,
      order: 'use',
      bound: { items: maxTracks },
      onDrop: (track) => track.forget(),
    });
  }

  /** What the tracks and their seconds weigh, in bytes, besides the audio in the media store. */
  get bytes(): number {
    return this.#tracks.bytes + this.#seconds.bytes;
  }

  /**
   * Begins a track.
   *
   * @param id that no other media has
   * @param label what it is, for people
   */
  begin(id: string, label: string): LiveTrack {
    this.#begun += 1;
    const number = this.#begun;
    const track = new LiveTrack({
      id: `live-${id}`,
      label,
      store: this.#store,
      seconds: {
        get: (index) => this.#seconds.get(`${number}/${index}`),
        set: (index, media) => void this.#seconds.set(`${number}/${index}`, media),
        delete: (index) => void this.#seconds.delete(`${number}/${index}`),
      },
      changed: () => void this.#tracks.set(track.id, track),
    });
    this.#tracks.set(track.id, track);
    return track;
  }

  /** The track of that id, if it is known. */
  get(id: MediaId): LiveTrack | undefined {
    return this.#tracks.get(id);
  }
}
