import type { StoreBound } from '../../src/bounded/bounds.ts';

/** So many entries of this size are twice what a store may hold. */
export const twice = (store: StoreBound, each: number): number => Math.ceil((2 * store.bytes) / each);

/** A text of a length, one for each number. */
export const text = (length: number, n: number): string => `${n}-`.padEnd(length, 'x');
