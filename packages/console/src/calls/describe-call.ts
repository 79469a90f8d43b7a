import type { CallSummary } from '@countersign/server/control/views/call-view';
import { addressOf } from '../format/party.ts';

/** Who calls whom, as far as the legs tell. */
export function partiesOf({ legs }: Pick<CallSummary, 'legs'>): { readonly from: string; readonly to: string } {
  const [first, ...others] = legs;
  if (!first) return { from: '', to: '' };
  const presented = first.presented;
  if (first.direction === 'inbound') return { from: addressOf(first), to: presented ?? 'the application' };
  const to = [first, ...others].map(addressOf).join(', ');
  return { from: presented ?? 'the application', to };
}

/** The name of a leg in a call: its party's address. */
export function nameOfLeg({ legs }: Pick<CallSummary, 'legs'>, id: string): string {
  const leg = legs.find((candidate) => candidate.id === id);
  return leg ? addressOf(leg) : `leg ${id}`;
}
