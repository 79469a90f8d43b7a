/** What one guard takes at most. */
export interface GuardLimits {
  /** The longest body, in bytes; 413 beyond. */
  readonly bodyBytes: number;
  /** A longer body waits in a file, not in memory. */
  readonly spoolAboveBytes: number;
  /** What the files of all bodies may take together, in bytes; 503 beyond. */
  readonly spoolBytes: number;
  /** Connections at the same time; one more is closed. */
  readonly connections: number;
  /** How long a client may take to send its request, and to take nothing of its answer. */
  readonly requestSeconds: number;
  /** How long the application may take to begin its answer, and be silent within it; 504 beyond. */
  readonly upstreamSeconds: number;
  /** How long requests under way may take to end once the guard is stopping. */
  readonly drainSeconds: number;
}

/** The limits unless others are given. */
export const defaultLimits: GuardLimits = {
  bodyBytes: 10 * 1024 * 1024,
  spoolAboveBytes: 128 * 1024,
  spoolBytes: 1024 * 1024 * 1024,
  connections: 2000,
  requestSeconds: 60,
  upstreamSeconds: 30,
  drainSeconds: 30,
};
