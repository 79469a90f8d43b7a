import type { Arbitrary } from 'fast-check';

export interface FuzzRow {
  readonly name: string;
  readonly arbitrary: Arbitrary<unknown>;
  readonly run: (input: never) => unknown;
  readonly isOwnError: (error: Error) => boolean;
  readonly runs?: number;
}

export const serverMedia: readonly FuzzRow[];
