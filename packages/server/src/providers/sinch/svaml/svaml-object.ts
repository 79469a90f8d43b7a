/** Where SVAML comes from: the answer to a callback, or the request that manages a call. */
export type SvamlPlace = 'ice' | 'ace' | 'pie' | 'manage';

/** An instruction or action whose fields have been checked; `name` is spelled as documented. */
export interface SvamlElement {
  readonly name: string;
  readonly [field: string]: unknown;
}

/** SVAML whose every element is known, well-formed and allowed where it stands. */
export interface Svaml {
  readonly instructions: readonly SvamlElement[];
  readonly action: SvamlElement | undefined;
}

/** How the keys of a conference's participant are used. */
export interface ConferenceDtmfOptions {
  readonly mode?: 'ignore' | 'forward' | 'detect';
  readonly maxDigits?: number;
  readonly timeoutMills?: number;
}

/** Music on hold. */
export type MusicOnHold = 'ring' | 'music1' | 'music2' | 'music3';

/** A pair of custom data that travels with a call. */
export interface CallHeader {
  readonly key?: string;
  readonly value?: string;
}
