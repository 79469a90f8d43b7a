import type { StoreBound } from '../../../bounded/bounds.ts';

const MiB = 1024 * 1024;

/** Everything that the Sinch provider keeps outside of calls, one row a store. */
export const sinchBounds = {
  'stream-audio': { bytes: 16 * MiB },
  'stored-recordings': { items: 10_000, bytes: 4 * MiB },
  conferences: { items: 100_000, bytes: 4 * MiB },
  'number-assignments': { items: 10_000, bytes: 1 * MiB },
} as const satisfies Readonly<Record<string, StoreBound>>;
