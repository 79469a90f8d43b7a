const KiB = 1024;
const MiB = 1024 * KiB;

/** How much a store keeps unless the configuration says otherwise, and how its settings under `limits` are called. */
export interface StoreBound {
  /** Entries; without it, the bytes alone bound it. */
  readonly items?: number;
  readonly bytes: number;
  readonly itemsSetting?: string;
  readonly bytesSetting?: string;
  /** The bytes are those of one of many (a call, a callback, a connection): they do not count into the sum over all stores. */
  readonly each?: true;
}

/**
 * Everything that the server itself keeps, one row a store: the stores read their bounds here. What a provider keeps is in
 * its plug. `docs/limits.md` has a row for each, which a test compares.
 */
export const bounds = {
  // Requests
  'requests-under-way': { bytes: 16 * MiB },
  exchanges: { items: 10_000, bytes: 40 * MiB, itemsSetting: 'exchanges', bytesSetting: 'exchangeBytes' },
  'response-bodies': { bytes: 1 * MiB, each: true },
  'unread-answers': { bytes: 12 * MiB },
  'seen-requests': { items: 1_000, bytes: 256 * KiB },
  'diagnoses-remembered': { items: 200, bytes: 2 * MiB },
  'brief-searches': { items: 100, bytes: 4 * MiB },
  'long-searches': { items: 100, bytes: 4 * MiB },
  // Calls
  'live-calls': { items: 100_000, bytes: 96 * MiB, bytesSetting: 'liveCallBytes' },
  'call-history': { items: 100_000, bytes: 48 * MiB, bytesSetting: 'callBytes', each: true },
  'ended-calls': { items: 1_000, bytes: 24 * MiB, itemsSetting: 'endedCalls', bytesSetting: 'endedCallBytes' },
  media: { items: 100_000, bytes: 112 * MiB, bytesSetting: 'mediaBytes' },
  'spoken-prompts': { items: 1_000, bytes: 2 * MiB },
  'live-tracks': { items: 1_000, bytes: 10 * MiB },
  'live-seconds': { items: 36_000, bytes: 4 * MiB },
  // Callbacks
  'pending-callbacks': { items: 100_000, bytes: 48 * MiB, bytesSetting: 'pendingCallbackBytes' },
  'settled-callbacks': { items: 10_000, bytes: 24 * MiB, itemsSetting: 'callbacks', bytesSetting: 'callbackBytes' },
  'callback-attempts': { items: 50, bytes: 64 * KiB, each: true },
  'answers-under-way': { bytes: 8 * MiB },
  // Watching
  events: { items: 10_000, bytes: 16 * MiB, itemsSetting: 'events', bytesSetting: 'eventBytes' },
  'event-streams': { items: 64, bytes: 8 * MiB },
  'live-listeners': { items: 8, bytes: 4 * MiB },
  microphones: { items: 8, bytes: 512 * KiB },
  // Phones
  'text-messages': { items: 1_000, bytes: 4 * MiB },
  'phone-scripts': { items: 10_000, bytes: 4 * MiB },
} as const satisfies Readonly<Record<string, StoreBound>>;

/** A store, by the name of its row. */
export type StoreName = keyof typeof bounds;

/** What bounds a store: a row of the server's own, by its name, or one of a provider's. */
export type StoreRow = StoreName | StoreBound;

/** The figures of a row. */
export function boundOf(row: StoreRow): StoreBound {
  return typeof row === 'string' ? bounds[row] : row;
}
