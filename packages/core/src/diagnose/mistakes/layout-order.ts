import type { Layout, Slot } from '../reading/layout.ts';
import { stringToSignFixes } from '../fixes/string-to-sign.ts';
import type { LayoutMove, MistakeClass } from '../search/mistake-class.ts';
import { permutations } from '../text/permutations.ts';

const permutationLimit = 6;

interface Order {
  readonly kind: 'order';
  /** The names of the parts as they stand. */
  readonly parts: readonly string[];
}

/** The parts in another order. */
export const layoutOrder: MistakeClass<Order> = {
  id: 'layout/order',
  rank: 440,
  needs: 'several parts',
  layouts: (layout) => otherOrders(layout),
  say: ({ parts }) => `The parts of the string to sign stand in another order: ${parts.join(', ')}.`,
  fixes: ({ scheme }) => stringToSignFixes(scheme),
};

function* otherOrders(layout: Layout): Generator<LayoutMove<Order>> {
  const swapped = function* (): Generator<readonly Slot[]> {
    for (let left = 0; left < layout.length; left++) {
      for (let right = left + 1; right < layout.length; right++) {
        yield layout.with(left, layout[right] as Slot).with(right, layout[left] as Slot);
      }
    }
  };
  const orders = layout.length > 1 && layout.length <= permutationLimit ? permutations(layout) : swapped();
  for (const order of orders) {
    const moved = order.filter((slot, at) => slot !== layout[at]).length;
    const cost = moved === 2 ? 1 : moved === 3 ? 2 : 3;
    // The separators keep their places; the labels go with their parts.
    const inPlace = order.map((slot, at) => endingWith(slot, layout[at]?.after ?? ''));
    const detail: Order = { kind: 'order', parts: order.map(({ name }) => name) };
    yield { detail, cost, layout: inPlace };
    yield {
      detail,
      cost: cost + 1,
      layout: order.map((slot, at) => (slot.after === '' && at < order.length - 1 ? endingWith(slot, '\n') : slot)),
    };
  }
}

function endingWith(slot: Slot, after: string): Slot {
  return slot.after === after ? slot : { ...slot, after };
}
