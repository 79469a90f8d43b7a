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
  /**
   * The claim of the token that is the date, in place of a header. Of a token `nbf` and `exp` are judged in any case, where
   * they are there.
   */
  readonly claim?: string;
  /** How far clocks may be apart where a token says itself from when and until when it is valid, in seconds. Defaults to 0. */
  readonly leewaySeconds?: number;
  readonly format: DateFormat;
  /** How far the date may be from the verifier's clock, either way, in seconds. */
  readonly toleranceSeconds: number;
  /** The date is the time until which the signature is valid. Signing writes one `toleranceSeconds` ahead by default. */
  readonly expires?: boolean;
}
