import type { DateFormat } from '../canonical/timestamp-formats.ts';

/** Where the signed date stands, how it is written, and how old it may be. */
export interface DateRule {
  /**
   * Lower-case names of headers that may carry the signed date. The first is the one written by default. None where the
   * date stands beside the signature (`{date}` in its template) or in a parameter.
   */
  readonly headers: readonly string[];
  /** The parameter of the form or query that carries it in place of a header. */
  readonly parameter?: string;
  readonly format: DateFormat;
  /** How far the date may be from the verifier's clock, either way, in seconds. */
  readonly toleranceSeconds: number;
  /** The date is the time until which the signature is valid. Signing writes one `toleranceSeconds` ahead by default. */
  readonly expires?: boolean;
}
