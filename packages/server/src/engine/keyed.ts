/**
 * Things with an id, in the order in which they came. They are few, and a list suits that better than a record keyed by
 * their ids: V8 makes a hidden class for every record whose keys it has not seen, which costs more than to look through
 * a short list, in time and in memory.
 *
 * What is remembered about things by their ids, and in few calls, stays in records; `copies.ts` has what changes those.
 */
export type Keyed<Item extends { readonly id: string }> = readonly Item[];

/** The item of that id. */
export function byId<Item extends { readonly id: string }>(items: Keyed<Item>, id: string): Item | undefined {
  return items.find((item) => item.id === id);
}

/** The items with this one, in the place of the one with its id or at the end. */
export function withItem<Item extends { readonly id: string }>(items: Keyed<Item>, item: Item): Keyed<Item> {
  const at = items.findIndex(({ id }) => id === item.id);
  return at === -1 ? [...items, item] : items.with(at, item);
}

/** The items without the one of that id. */
export function withoutItem<Item extends { readonly id: string }>(items: Keyed<Item>, id: string): Keyed<Item> {
  return items.filter((item) => item.id !== id);
}
