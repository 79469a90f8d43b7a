import { shownValue } from '../json-schema/shown-value.ts';

/** A time span: milliseconds, or a number with a unit: `'250ms'`, `'10s'`, `'1.5m'`, `'2h'`. */
export type Duration = number | `${number}${'ms' | 's' | 'm' | 'h'}`;

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** @throws TypeError when it is neither a number of milliseconds nor a number with a unit */
export function milliseconds(duration: Duration): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m|h)$/.exec(typeof duration === 'string' ? duration : '');
  const ms =
    typeof duration === 'number'
      ? duration
      : match
        ? Number(match[1]) * (unitMs[match[2] ?? ''] ?? Number.NaN)
        : Number.NaN;
  if (!Number.isFinite(ms) || ms < 0) {
    throw new TypeError(`a duration is milliseconds or "250ms", "10s", "1.5m", "2h", not ${shownValue(duration)}`);
  }
  return Math.round(ms);
}
