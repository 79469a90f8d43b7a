import { formatTimestamp } from '../../canonical/timestamp.ts';
import { spanText } from '../../span.ts';
import { parseLoosely } from '../text/date-text.ts';
import { currentDate } from '../fixes/current-date.ts';
import type { MistakeClass } from '../search/mistake-class.ts';

interface Skew {
  readonly kind: 'skew';
  /** Negative when the clock is ahead. */
  readonly behindSeconds: number;
  readonly toleranceSeconds: number;
  readonly header: string;
  readonly says: string;
  readonly current: string;
  readonly wholeHours: boolean;
}

/** The signature is right and the clock is wrong (or the request is old). */
export const dateClockSkew: MistakeClass<Skew> = {
  id: 'date/clock-skew',
  rank: 480,
  needs: 'date',
  finding: 'beside',
  lint: ({ date, scheme, options }) => {
    const signedAtMs = date && parseLoosely(date.text);
    if (!scheme.date || !date || signedAtMs === undefined) return undefined;
    const now = options.now ?? new Date();
    const behindSeconds = (now.getTime() - signedAtMs) / 1000;
    if (Math.abs(behindSeconds) <= scheme.date.toleranceSeconds) return undefined;
    const current = formatTimestamp(now.getTime(), scheme.date.format);
    const hours = behindSeconds / 3600;
    const wholeHours =
      Math.abs(hours - Math.round(hours)) * 3600 <= scheme.date.toleranceSeconds && Math.abs(hours) <= 14.5;
    const detail: Skew = {
      kind: 'skew',
      behindSeconds,
      toleranceSeconds: scheme.date.toleranceSeconds,
      header: date.header,
      says: date.text,
      current,
      wholeHours,
    };
    return {
      detail,
      part: scheme.parts.find(({ source }) => source.from === 'date')?.name ?? 'date',
      yours: date.text,
      expected: current,
    };
  },
  say: (detail) => `The signature is CORRECT; ${sentence(detail)}`,
  sayBeside: (detail) => `Besides, ${sentence(detail)}`,
  fixes: ({ scheme }) => {
    const code = currentDate[scheme.date?.format ?? 'rfc1123'];
    const clock = 'at the moment of sending; check the clock (NTP) of the machine or container';
    return {
      javascript: `const date = ${code.javascript}; // ${clock}`,
      python: `date = ${code.python}  # ${clock}`,
      csharp: `var date = ${code.csharp}; // not DateTime.Now; check the clock (w32tm /resync)`,
      java: `String date = ${code.java}; // ${clock}`,
      php: `$date = ${code.php}; // ${clock}`,
      postman: `const date = ${code.postman}; // in the pre-request script, not a saved variable`,
    };
  },
};

function sentence({ behindSeconds, toleranceSeconds, header, says, current, wholeHours }: Skew): string {
  const zone = wholeHours ? ' That is a whole number of hours: local time was probably sent as UTC.' : '';
  return `the clock that dated it is ${spanText(behindSeconds)} ${behindSeconds > 0 ? 'behind' : 'ahead'} (${header} says ${says}, it is ${current}; the limit is ${spanText(toleranceSeconds)}).${zone}`;
}
