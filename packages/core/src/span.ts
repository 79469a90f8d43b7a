/** Longest first: a span is told in its largest unit that fits and the next one. Years and months are mean ones. */
const units = [
  ['year', 31_556_952],
  ['month', 2_629_746],
  ['day', 86_400],
  ['h', 3600],
  ['min', 60],
  ['s', 1],
] as const;

/**
 * A span of time as people say it: `37 s`, `15 min 1 s`, `14 h`, `12 years 10 months`. A fraction of a second counts as
 * a whole one, so that what is over a limit never reads as the limit.
 *
 * @param seconds its sign does not count
 */
export function spanText(seconds: number): string {
  const whole = Math.ceil(Math.abs(seconds));
  if (whole < 1) return '0 s';
  const at = units.findIndex(([, size]) => whole >= size);
  const words: string[] = [];
  let rest = whole;
  for (const [name, size] of units.slice(at, at + 2)) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) words.push(`${count} ${name}${size >= 86_400 && count > 1 ? 's' : ''}`);
  }
  return words.join(' ');
}
