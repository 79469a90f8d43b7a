import type { CallSummary } from '@countersign/server/control/views/call-view';

export type Leg = CallSummary['legs'][number];

/** The address of the phone at the end of a leg, as people write it. */
export function addressOf({ party }: Pick<Leg, 'party'>): string {
  switch (party.kind) {
    case 'phone':
      return party.number;
    case 'user':
    case 'application':
      return party.id;
    case 'sip':
      return party.address;
    case 'stream':
      return party.url;
  }
}

/** Who calls whom, as far as the legs tell. */
export function partiesOf({ legs }: Pick<CallSummary, 'legs'>): { readonly from: string; readonly to: string } {
  const [first, ...others] = legs;
  if (!first) return { from: '', to: '' };
  const presented = first.presented;
  if (first.direction === 'inbound') return { from: addressOf(first), to: presented ?? 'the application' };
  const to = [first, ...others].map(addressOf).join(', ');
  return { from: presented ?? 'the application', to };
}

/** Who the application speaks with: who was called, or who calls it. */
export function otherPartyOf(call: Pick<CallSummary, 'legs'>): string {
  const { from, to } = partiesOf(call);
  return call.legs[0]?.direction === 'inbound' ? from : to;
}

/** One spelling for a telephone number, as the server has it; other addresses stay as they are. */
export function canonicalNumber(text: string): string {
  const digits = text.trim().replaceAll(/[\s().-]/gu, '');
  return /^\+?\d+$/u.test(digits) ? `+${digits.replace(/^\+|^00/u, '')}` : text.trim();
}
