import { longBytes } from '../reading/evidence.ts';
import type { Slot } from '../reading/layout.ts';

/** Sorted by their cost; equal ones stay in their order. */
export function cheapestFirst<Item extends { readonly cost: number }>(items: Iterable<Item>): Item[] {
  return [...items].toSorted((left, right) => left.cost - right.cost);
}

/**
 * The values of a class that has few, the likelier first, so that none waits behind a more far-fetched one. Those of a long
 * part are made one by one, as the budget allows.
 */
export function likeliestFirst<Item extends { readonly cost: number }>(
  { value }: Slot,
  items: Iterable<Item>,
): Iterable<Item> {
  return value.length > longBytes ? items : cheapestFirst(items);
}
