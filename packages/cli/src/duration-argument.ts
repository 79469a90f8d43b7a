import { InvalidArgumentError } from 'commander';

const unitMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads a span of time such as `500ms`, `90s`, `10m`, `2h` or `1d` as milliseconds; with a minus, one the other way. */
export function durationArgument(text: string): number {
  const [, sign = '', amount = '', unit = ''] = /^(-?)(\d{1,9}(?:\.\d{1,3})?)(ms|s|m|h|d)$/.exec(text) ?? [];
  const factor = unitMs[unit];
  if (factor === undefined)
    throw new InvalidArgumentError('A span of time is a number and a unit: 500ms, 90s, 10m, 2h, 1d.');
  return Math.round(Number(amount) * factor) * (sign === '' ? 1 : -1);
}
