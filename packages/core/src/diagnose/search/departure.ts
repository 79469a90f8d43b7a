import type { PartSource } from '../../scheme.ts';
import type { Told } from './told.ts';

/** The signer's own string to sign departs from the verifier's in a part; `offset` is a byte of that part. */
export interface Departure {
  readonly kind: 'departure';
  readonly source: PartSource | undefined;
  readonly part: string;
  readonly offset: number;
}

/** What was done, as a phrase that a sentence takes in. */
export function phrase(detail: Told | Departure): string {
  return detail.kind === 'told' ? detail.how : `it departs at byte ${detail.offset} of the ${detail.part}`;
}
