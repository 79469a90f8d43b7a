/** A text message that a phone received. */
export interface TextMessage {
  /** The provider's id of it. */
  readonly id: string;
  /** A number, or the name that the sender has registered. */
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** Call-clock time, milliseconds since the epoch. */
  readonly atMs: number;
}

/**
 * What became of a text message: the phone has it, had it already (SDKs send again), or cannot be reached, as its script
 * says.
 */
export type TextArrival = 'delivered' | 'repeated' | 'unreachable';

/** What came of texting a number. */
export type TextResult =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly refused: 'number-not-found'; readonly summary: string };
