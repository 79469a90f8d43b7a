import type { Party } from './call.ts';

/**
 * One spelling for a phone's address: `+1 (206) 555-0101`, `12065550101` and `+12065550101` are one phone. What is no
 * telephone number (a user, a SIP address) stays as it is.
 */
export function canonicalizeAddress(address: string): string {
  // As most are written, and as it is looked up several times in each call.
  if (/^\+\d+$/.test(address)) return address;
  const digits = address.trim().replaceAll(/[\s().-]/gu, '');
  return /^\+?\d+$/u.test(digits) ? `+${digits.replace(/^\+|^00/u, '')}` : address.trim();
}

/** The address of the phone at the end of a leg; a media stream and an application have none. */
export function addressOf(party: Party): string | undefined {
  switch (party.kind) {
    case 'phone':
      return canonicalizeAddress(party.number);
    case 'user':
      return party.id;
    case 'sip':
      return canonicalizeAddress(party.address);
    case 'application':
    case 'stream':
      return undefined;
  }
}
