/** Every order of a few items, the original one left out. */
export function* permutations<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  const order = [...items];
  const counters = items.map(() => 0);
  let at = 1;
  while (at < order.length) {
    const count = counters[at] ?? 0;
    if (count < at) {
      const other = at % 2 === 0 ? 0 : count;
      [order[other], order[at]] = [order[at] as Item, order[other] as Item];
      yield [...order];
      counters[at] = count + 1;
      at = 1;
    } else {
      counters[at] = 0;
      at++;
    }
  }
}
