import { dateFixes } from '../fixes/current-date.ts';
import { formatTimestamp } from '../../canonical/timestamp.ts';
import { spanText } from '../../span.ts';
import { parseLoosely } from '../text/date-text.ts';
import type { MistakeClass } from '../search/mistake-class.ts';

interface Skew {
  /** A request of the past may be old; one that is dated in the future was dated by a wrong clock. */
  readonly kind: 'past' | 'future';
  readonly seconds: number;
  readonly toleranceSeconds: number;
  readonly header: string;
  readonly says: string;
  readonly signedAtMs: number;
  readonly current: string;
  readonly wholeHours: boolean;
}

/** No zone is farther from UTC. */
const farthestZoneHours = 14;

/** The signature is right, and the request is old or was dated by a wrong clock. */
export const dateClockSkew: MistakeClass<Skew> = {
  id: 'date/clock-skew',
  rank: 480,
  needs: 'date',
  finding: 'beside',
  lint: ({ date, scheme, options }) => {
    const signedAtMs = date && parseLoosely(date.text);
    if (!scheme.date || !date || signedAtMs === undefined) return undefined;
    const now = options.now ?? new Date();
    const { toleranceSeconds, format } = scheme.date;
    const ageSeconds = (now.getTime() - signedAtMs) / 1000;
    if (scheme.date.expires && ageSeconds <= 0) return undefined;
    const seconds = Math.abs(ageSeconds);
    if (seconds <= toleranceSeconds) return undefined;
    const current = formatTimestamp(now.getTime(), format);
    const hours = Math.round(seconds / 3600);
    const detail: Skew = {
      kind: ageSeconds > 0 ? 'past' : 'future',
      seconds,
      toleranceSeconds,
      header: date.header,
      says: date.text,
      signedAtMs,
      current,
      wholeHours: hours <= farthestZoneHours && Math.abs(seconds - hours * 3600) <= toleranceSeconds,
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
  fixes: ({ scheme }) =>
    dateFixes(scheme.date?.format, 'at the moment of sending; check the clock (NTP) of the machine or container'),
};

function sentence({ kind, seconds, toleranceSeconds, header, says, signedAtMs, current, wholeHours }: Skew): string {
  const span = spanText(seconds);
  const seen = `${header} says ${says}, it is ${current}, and the limit is ${spanText(toleranceSeconds)}`;
  if (kind === 'future') {
    const zone = wholeHours ? ' That is a whole number of hours: local time was probably sent as UTC.' : '';
    return `it is dated ${span} in the future (${seen}): the clock that dated it is ahead.${zone}`;
  }
  const zone = wholeHours ? ', or local time was sent as UTC, for that is a whole number of hours' : '';
  return `it is old (${span}): ${seen}. If it was sent then, have it judged as of then: --now ${new Date(signedAtMs).toISOString()}. If it has just been sent, the clock that dated it is ${span} behind${zone}.`;
}
