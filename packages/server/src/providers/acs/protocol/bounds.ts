import type { StoreBound } from '../../../bounded/bounds.ts';

const KiB = 1024;
const MiB = 1024 * KiB;

/** Everything that the ACS provider keeps outside of calls, one row a store. */
export const acsBounds = {
  'repeatable-answers': { items: 10_000, bytes: 4 * MiB },
  'event-grid-events': { items: 1_000, bytes: 512 * KiB },
  rooms: { items: 1_000, bytes: 256 * KiB },
  'deleted-identities': { items: 10_000, bytes: 2 * MiB },
  'deleted-recordings': { items: 10_000, bytes: 2 * MiB },
  'stream-sockets': { bytes: 1 * MiB, each: true },
} as const satisfies Readonly<Record<string, StoreBound>>;
