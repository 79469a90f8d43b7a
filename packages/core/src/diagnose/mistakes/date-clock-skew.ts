import type { OptionWords } from '../../option-words.ts';
import { dateFixes } from '../fixes/current-date.ts';
import { tokenFixes } from '../fixes/token.ts';
import { formatTimestamp } from '../../canonical/timestamp.ts';
import { spanText } from '../../span.ts';
import { parseLoosely } from '../text/date-text.ts';
import { receivedValidity } from '../reading/received-token.ts';
import type { Validity } from '../reading/received-token.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Finding, MistakeClass } from '../search/mistake-class.ts';

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

/** A token, or a signature that declares its components, that says itself from when and until when it is valid. */
interface Outside {
  readonly kind: 'ended' | 'not begun';
  readonly seconds: number;
  readonly says: 'claim exp' | 'claim nbf' | 'parameter expires';
  readonly edgeMs: number;
  readonly leewaySeconds: number;
}

/** A date that is itself the end of what was signed, as that of a shared access signature is. */
interface Over {
  readonly kind: 'over';
  readonly seconds: number;
  readonly untilMs: number;
}

/** No zone is farther from UTC. */
const farthestZoneHours = 14;

/** The signature is right, and the request is old or was dated by a wrong clock. */
export const dateClockSkew: MistakeClass<Skew | Outside | Over> = {
  id: 'date/clock-skew',
  rank: 480,
  needs: 'date',
  finding: 'beside',
  lint: ({ date, scheme, options, authorization }) => {
    const validity = receivedValidity({ scheme, authorization });
    const now = options.now ?? new Date();
    const outside = validity && outsideValidity(validity, scheme, now);
    if (outside) return outside;
    const signedAtMs = date && parseLoosely(date.text);
    if (!scheme.date || !date || signedAtMs === undefined) return undefined;
    const { toleranceSeconds, format } = scheme.date;
    const ageSeconds = (now.getTime() - signedAtMs) / 1000;
    const seen = {
      part: scheme.parts.find(({ source }) => source.from === 'date')?.name ?? 'date',
      yours: date.text,
    };
    if (scheme.date.expires) {
      if (ageSeconds <= 0 || scheme.date.claim !== undefined) return undefined;
      const expected = formatTimestamp(now.getTime(), format);
      return { detail: { kind: 'over', seconds: ageSeconds, untilMs: signedAtMs }, ...seen, expected };
    }
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
    return { detail, ...seen, expected: current };
  },
  say: (detail, { evidence: { ask } }) => `The signature is CORRECT; ${inWords(detail, ask)}`,
  sayBeside: (detail, { ask }) => `Besides, ${inWords(detail, ask)}`,
  fixes: ({ scheme }) =>
    scheme.date?.claim === undefined
      ? dateFixes(scheme.date?.format, 'at the moment of sending; check the clock (NTP) of the machine or container')
      : tokenFixes,
};

function inWords(detail: Skew | Outside | Over, ask: OptionWords): string {
  if (detail.kind === 'over') return ofEnd(detail, ask);
  return 'edgeMs' in detail ? ofValidity(detail, ask) : sentence(detail, ask);
}

function ofEnd({ seconds, untilMs }: Over, ask: OptionWords): string {
  const until = new Date(untilMs).toISOString();
  // Whoever judges it as of its very end is in time.
  return `it was good until ${until}, which is ${spanText(seconds)} ago. If it was sent before, have it judged as of then: ${ask('now', until)}. If it has just been made, its end lies in the past: add its life, in seconds, to a clock that is right.`;
}

/** What a token says of its own time, where it is not now. */
function outsideValidity(
  { fromMs, untilMs }: Validity,
  { date, components }: Evidence['scheme'],
  now: Date,
): Finding<Outside> | undefined {
  const leewaySeconds = date?.leewaySeconds ?? 0;
  const nowMs = now.getTime();
  const beyond = ((untilMs ?? Infinity) - nowMs) / -1000;
  const early = ((fromMs ?? -Infinity) - nowMs) / 1000;
  if (beyond <= leewaySeconds && early <= leewaySeconds) return undefined;
  const end = components ? 'parameter expires' : 'claim exp';
  const [kind, says, seconds, edgeMs] =
    beyond > leewaySeconds
      ? (['ended', end, beyond, untilMs] as const)
      : (['not begun', 'claim nbf', early, fromMs] as const);
  const seen = { yours: String((edgeMs ?? 0) / 1000), expected: String(Math.floor(nowMs / 1000)) };
  const part = components ? 'signature-params' : 'token';
  return { detail: { kind, says, seconds, edgeMs: edgeMs ?? 0, leewaySeconds }, part, ...seen };
}

function ofValidity({ kind, says, seconds, edgeMs, leewaySeconds }: Outside, ask: OptionWords): string {
  const what = says === 'parameter expires' ? 'signature' : 'token';
  const clocks = leewaySeconds > 0 ? `; clocks may be ${spanText(leewaySeconds)} apart` : '';
  const at = new Date(edgeMs).toISOString();
  return kind === 'ended'
    ? `the ${what} ended ${spanText(seconds)} ago (${says}: ${at}${clocks}). If it was received then, have it judged as of then: ${ask('now', at)}. If it has just been received, your clock is ahead, or the ${what} was kept or sent again.`
    : `the ${what} begins in ${spanText(seconds)} (${says}: ${at}${clocks}): your clock is behind, or the sender's is ahead.`;
}

function sentence(
  { kind, seconds, toleranceSeconds, header, says, signedAtMs, current, wholeHours }: Skew,
  ask: OptionWords,
): string {
  const span = spanText(seconds);
  const seen = `${header} says ${says}, it is ${current}, and the limit is ${spanText(toleranceSeconds)}`;
  if (kind === 'future') {
    const zone = wholeHours ? ' That is a whole number of hours: local time was probably sent as UTC.' : '';
    return `it is dated ${span} in the future (${seen}): the clock that dated it is ahead.${zone}`;
  }
  const zone = wholeHours ? ', or local time was sent as UTC, for that is a whole number of hours' : '';
  return `it is old (${span}): ${seen}. If it was sent then, have it judged as of then: ${ask('now', new Date(signedAtMs).toISOString())}. If it has just been sent, the clock that dated it is ${span} behind${zone}.`;
}
