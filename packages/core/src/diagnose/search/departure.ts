import type { PartSource } from '../../scheme.ts';

/** The signer's own string to sign departs from the verifier's in a part; `offset` is a byte of that part. */
export interface Departure {
  readonly kind: 'departure';
  readonly source: PartSource | undefined;
  readonly part: string;
  readonly offset: number;
}

/** Where it departs, as a clause of a sentence. */
export function whereItDeparts({ offset, part }: Departure): string {
  return `it departs at byte ${offset} of the ${part}`;
}
