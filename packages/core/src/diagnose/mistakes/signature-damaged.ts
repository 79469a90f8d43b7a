import { signatureFixes } from '../fixes/digest.ts';
import type { MistakeClass } from '../search/mistake-class.ts';
import type { Damage } from '../text/damaged-text.ts';

interface Damaged {
  readonly kind: 'damaged';
  readonly damage: Damage;
  /** Of the right signature. */
  readonly length: number;
  /** Where the two part. */
  readonly offset: number;
}

/** Nearly the right signature: retyped, cut for a posting, its case lost, pasted twice. Told to whoever holds the key. */
export const signatureDamaged: MistakeClass<Damaged> = {
  id: 'signature/damaged',
  rank: 500,
  needs: 'nothing',
  speaksOf: (find) => (find.kind === 'damaged signature' ? { ...find, kind: 'damaged', ...find.damaged } : undefined),
  say: ({ damage, length, offset }) => `The signature was damaged on its way: ${told(damage, length, offset)}.`,
  fixes: ({ scheme }) => signatureFixes(scheme),
};

function told(damage: Damage, length: number, offset: number): string {
  switch (damage.kind) {
    case 'lower case':
    case 'upper case':
      return `it is the right one, put in ${damage.kind}`;
    case 'other case':
      return 'it is the right one with letters in another case';
    case 'repeated':
      return 'it is the right one, more than once';
    case 'joined':
      return `it is the right one (${length} characters) joined to something else`;
    case 'left out':
      return `${ends(damage.start, damage.end)} those of the right one, and the others are left out or crossed out`;
    case 'changed':
      return `${length - damage.wrong} of ${length} characters are those of the right one; the first other one is character ${offset + 1}`;
    case 'added or lost':
      return `it is the right one but for ${damage.wrong === 1 ? 'a character that was' : `${damage.wrong} characters that were`} added, changed or lost, the first at character ${offset + 1}`;
  }
}

function ends(start: number, end: number): string {
  if (end === 0) return `its first ${start} characters are`;
  return start === 0 ? `its last ${end} characters are` : `its first ${start} and last ${end} characters are`;
}
