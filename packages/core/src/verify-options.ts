import { checkDate, checkHeaderNames, checkSeconds } from './option-checks.ts';

/** How strictly, and when, a message is judged. */
export interface VerifyOptions {
  /** The verifier's clock. Defaults to now. */
  readonly now?: Date;
  /** How far the signed date may be from `now`, either way, in seconds; `Infinity` for any age. Defaults to the scheme's. */
  readonly toleranceSeconds?: number;
  /** Ids of deviations to accept, or `all` that the scheme knows. Defaults to none. */
  readonly tolerate?: readonly string[] | 'all';
  /**
   * The headers that must be signed beyond the scheme's own, in this order, where the scheme allows any. Such a
   * scheme signs their values and not their names, so without this option a header of any name may carry a signed value,
   * and none of them counts as covered.
   */
  readonly furtherHeaders?: readonly string[];
}

/**
 * Checks what does not depend on the scheme.
 *
 * @throws TypeError naming the option that cannot be used
 * @internal
 */
export function checkVerifyOptions(options: VerifyOptions): void {
  if (options.now !== undefined) checkDate('now', options.now);
  if (options.toleranceSeconds !== undefined) checkSeconds('toleranceSeconds', options.toleranceSeconds);
  if (options.furtherHeaders !== undefined) checkHeaderNames('furtherHeaders', options.furtherHeaders);
}
