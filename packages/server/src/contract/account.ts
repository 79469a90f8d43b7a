/** An account of a provider. What else it has is the provider's own. */
export interface Account {
  /** The name of the provider. */
  readonly provider: string;
  /** The numbers that it owns, in E.164 form. */
  readonly numbers: readonly string[];
}
