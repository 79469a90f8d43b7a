/** How a call went. */
export interface PlacedCall {
  /** The provider's id of the call. */
  readonly callId?: string;
  /** Whether it was answered. */
  readonly answered: boolean;
  /** Whether the text was spoken to its end. */
  readonly spoken: boolean;
  /** One sentence. */
  readonly summary: string;
}
