const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});

/** Time of day from milliseconds since the epoch: `09:08:07`. */
export function clockTime(epochMs: number): string {
  return clock.format(epochMs);
}

/** Time of day with milliseconds: `09:08:07.120`. */
export function exactTime(epochMs: number): string {
  return `${clock.format(epochMs)}.${String(Math.floor(epochMs) % 1000).padStart(3, '0')}`;
}

/** A length of time: `4 ms`, `3.2 s`, `2:05 min`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} min`;
}
