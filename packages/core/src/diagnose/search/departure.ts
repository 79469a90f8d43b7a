import type { Subject } from '../../parts/source.ts';

/** The signer's own string to sign departs from the verifier's in a part; `offset` is a byte of that part. */
export interface Departure {
  readonly kind: 'departure';
  /** What the part signs first of all, and the header that it covers; neither where the strings part behind all parts. */
  readonly subject: Subject | undefined;
  readonly header: string | undefined;
  readonly part: string;
  readonly offset: number;
  /** The part as the signer has it. */
  readonly text: string;
  /** What stands there in the signer's string, as people can read it, and what belongs there. */
  readonly yours: string;
  readonly expected: string;
}

/** The same sentence for every part: both strings are whole ones, and neither is a path or a host. */
export function sayDeparture({ part, offset, yours, expected }: Departure): string {
  return `Your string to sign departs from the verifier’s at byte ${offset} of the ${part}: ${atThePlace(yours, expected)}.`;
}

function atThePlace(yours: string, expected: string): string {
  if (yours === '') return `it ends there, and "${expected}" belongs there`;
  return expected === ''
    ? `it goes on with "${yours}", and nothing belongs there`
    : `"${yours}" stands where "${expected}" belongs`;
}
