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

/** One spelling for a telephone number, as the server has it; other addresses stay as they are. */
export function canonicalNumber(text: string): string {
  const digits = text.trim().replaceAll(/[\s().-]/gu, '');
  return /^\+?\d+$/u.test(digits) ? `+${digits.replace(/^\+|^00/u, '')}` : text.trim();
}
