/** Which lists of signed headers a request may declare. */
export interface SignedHeadersRule {
  /** Accepted lists, lower case, in order. The first is the one written by default. */
  readonly accepted: readonly (readonly string[])[];
  /** When further headers may follow an accepted list: what stands before each of their values in the string to sign. */
  readonly furtherSeparator?: string;
}
