import type { Party } from '../../../engine/call.ts';
import { SinchError } from '../protocol/errors.ts';

/** The kinds of destination: a phone number, a user of the In-app SDK, a SIP address; `websocket` in SVAML, `did` in events only. */
export type DestinationType = 'number' | 'username' | 'sip' | 'websocket' | 'did';

/** One end of a call, as Sinch names it. */
export interface Destination {
  readonly type: DestinationType;
  readonly endpoint: string;
}

const requestTypes = ['number', 'username', 'sip'] as const;

/**
 * Reads a destination: its type in any case, and for a number the leading plus.
 *
 * @throws SinchError 40001 for another type, 40005 for a number without its plus
 */
export function readDestination(raw: { readonly type: string; readonly endpoint: string }, at: string): Destination {
  const type = requestTypes.find((known) => known === raw.type.toLowerCase());
  if (!type)
    throw new SinchError(40001, `Invalid parameters: ${at}.type "${raw.type}" is none of number, username, sip`);
  if (type === 'number') requireLeadingPlus(raw.endpoint, `${at}.endpoint`);
  return { type, endpoint: raw.endpoint };
}

/** @throws SinchError 40005 when a number lacks its plus, 40001 when it is not E.164 for another reason */
export function requireLeadingPlus(number: string, at: string): void {
  if (/^\d[\d\s()-]*$/.test(number)) throw new SinchError(40005, `${at} "${number}" is missing its leading plus`);
  if (!isE164(number)) {
    throw new SinchError(40001, `Invalid parameters: ${at} "${number}" is no E.164 number: + and up to 15 digits`);
  }
}

/** Whether the text is `+` and 3 to 15 digits. */
export function isE164(number: string): boolean {
  return /^\+[1-9]\d{2,14}$/.test(number);
}

/** Who the engine is to ring. */
export function partyOf({ type, endpoint }: Destination): Party {
  switch (type) {
    case 'username':
      return { kind: 'user', id: endpoint };
    case 'sip':
      return { kind: 'sip', address: endpoint };
    case 'websocket':
      return { kind: 'stream', url: endpoint };
    default:
      return { kind: 'phone', number: endpoint };
  }
}

/** A party of the engine as Sinch names it. */
export function destinationOf(party: Party): Destination {
  switch (party.kind) {
    case 'phone':
      return { type: 'number', endpoint: party.number };
    case 'user':
    case 'application':
      return { type: 'username', endpoint: party.id };
    case 'sip':
      return { type: 'sip', endpoint: party.address };
    case 'stream':
      return { type: 'websocket', endpoint: party.url };
  }
}
