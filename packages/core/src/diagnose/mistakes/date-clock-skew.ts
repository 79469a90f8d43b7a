import { parseLoosely } from '../date-text.ts';
import type { MistakeClass } from '../mistake-class.ts';

/** The signature is right and the clock is wrong (or the request is old). */
export const dateClockSkew: MistakeClass = {
  id: 'date/clock-skew',
  lint: ({ date, scheme, options }) => {
    const signedAtMs = date && parseLoosely(date.text);
    if (!scheme.date || !date || signedAtMs === undefined) return undefined;
    const now = options.now ?? new Date();
    const behindSeconds = (now.getTime() - signedAtMs) / 1000;
    if (Math.abs(behindSeconds) <= scheme.date.toleranceSeconds) return undefined;
    const hours = behindSeconds / 3600;
    const wholeHours =
      Math.abs(hours - Math.round(hours)) * 3600 <= scheme.date.toleranceSeconds && Math.abs(hours) <= 14.5;
    const zone = wholeHours ? ' That is a whole number of hours: local time was probably sent as UTC.' : '';
    const detail = `the clock that dated it is ${span(Math.abs(behindSeconds))} ${behindSeconds > 0 ? 'behind' : 'ahead'} (${date.header} says ${date.text}, it is ${now.toUTCString()}; ${span(scheme.date.toleranceSeconds)} are allowed).${zone}`;
    return {
      detail,
      part: scheme.parts.find(({ source }) => source.from === 'date')?.name ?? 'date',
      yours: date.text,
      expected: now.toUTCString(),
    };
  },
  say: (detail) => `The signature is CORRECT; ${detail}${detail.endsWith('.') ? '' : '.'}`,
  mends: {
    javascript:
      'const date = new Date().toUTCString(); // set at the moment of sending; check the clock (NTP) of the machine or container',
    python: 'datetime.now(timezone.utc)  # not datetime.now(); check the clock (NTP) of the machine or container',
    csharp: 'DateTimeOffset.UtcNow // not DateTime.Now; check the clock (w32tm /resync)',
    java: 'Instant.now() // check the clock (NTP) of the machine or container',
    php: "gmdate('D, d M Y H:i:s') . ' GMT' // gmdate, not date; check the clock (NTP)",
    postman: 'const dateStr = new Date().toUTCString(); // in the pre-request script, not a saved variable',
  },
};

function span(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 172_800) return `${Math.round(seconds / 360) / 10} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
