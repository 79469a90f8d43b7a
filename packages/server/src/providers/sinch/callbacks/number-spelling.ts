import type { Destination } from '../state/party.ts';

/**
 * A number as `cli` of ICE and `from` of DiCE have it in Sinch's examples and in the fixtures of its SDKs: without its
 * plus. Any other text stays as it is.
 */
export function withoutPlus(number: string): string {
  return number.replace(/^\+(?=\d+$)/, '');
}

/** `to` of DiCE, whose number has no plus either; that of ICE has. */
export function toInDice({ type, endpoint }: Destination): Destination {
  return { type, endpoint: withoutPlus(endpoint) };
}

/** One end of a call as the call resource has it. */
export interface CallResourceParty {
  readonly type: string;
  readonly endpoint: string;
}

/**
 * A destination as the call resource writes it: `Number` and `Username` with a capital, a number with its plus. It knows
 * no `did`.
 */
export function inCallResource({ type, endpoint }: Destination): CallResourceParty {
  return { type: callResourceTypes[type], endpoint };
}

const callResourceTypes: Readonly<Record<Destination['type'], string>> = {
  number: 'Number',
  did: 'Number',
  username: 'Username',
  sip: 'sip',
  websocket: 'websocket',
};
