import type { SignedClaims } from './claims.ts';
import type { Refusal } from './errors.ts';
import type { Validity } from './places/token-date.ts';
import type { RequestRules } from './request-rules.ts';
import { spanText } from './span.ts';
import type { VerifyOptions } from './verify-options.ts';

/** Freshness is judged on the signed date only, and last: a refusal for it says that the signature is right. @internal */
export function checkFreshness(
  scheme: RequestRules,
  claims: SignedClaims,
  options: VerifyOptions,
): Refusal | undefined {
  if (!scheme.date || claims.signedAtMs === undefined) return undefined;
  const toleranceSeconds = options.toleranceSeconds ?? scheme.date.toleranceSeconds;
  const nowMs = options.now?.getTime() ?? Date.now();
  const ageSeconds = (nowMs - claims.signedAtMs) / 1000;
  if (claims.validity && options.toleranceSeconds !== Infinity) {
    const unfit = checkValidity(claims.validity, scheme.date.leewaySeconds ?? 0, nowMs);
    if (unfit) return unfit;
  }
  if (scheme.date.expires)
    return claims.validity || ageSeconds <= 0 || options.toleranceSeconds === Infinity
      ? undefined
      : expired(ageSeconds);
  if (Math.abs(ageSeconds) <= toleranceSeconds) return undefined;
  const [distance, allowed] = [spanText(ageSeconds), spanText(toleranceSeconds)];
  return ageSeconds > 0
    ? {
        code: 'date/expired',
        summary: `the signature is right, but it was made ${distance} ago; the limit is ${allowed}`,
      }
    : {
        code: 'date/future',
        summary: `the signature is right, but it is dated ${distance} ahead; the limit is ${allowed}`,
      };
}

/** Why a token is not valid now, by what it says itself. */
function checkValidity({ fromMs, untilMs }: Validity, leewaySeconds: number, nowMs: number): Refusal | undefined {
  const beyondSeconds = untilMs === undefined ? -Infinity : (nowMs - untilMs) / 1000;
  if (beyondSeconds > leewaySeconds) return expired(beyondSeconds);
  const earlySeconds = fromMs === undefined ? -Infinity : (fromMs - nowMs) / 1000;
  if (earlySeconds <= leewaySeconds) return undefined;
  const summary = `the signature is right, but it is valid only in ${spanText(earlySeconds)}`;
  return { code: 'date/future', summary };
}

function expired(ageSeconds: number): Refusal {
  return {
    code: 'date/expired',
    summary: `the signature is right, but it was valid until ${spanText(ageSeconds)} ago`,
  };
}
