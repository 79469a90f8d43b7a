import type { Attack } from './attack.ts';
import { bodyAttacks } from './attacks/body.ts';
import { dateAttacks } from './attacks/date.ts';
import { headerAttacks } from './attacks/header.ts';
import { movedBytesAttacks } from './attacks/moved-bytes.ts';
import { otherRequestAttacks } from './attacks/other-request.ts';
import { proofAttacks } from './attacks/proof.ts';
import { repeatAttacks } from './attacks/repeat.ts';
import { targetAttacks } from './attacks/target.ts';
import { tokenAttacks } from './attacks/token.ts';

/** Every attack, in the order in which they are tried: the long bodies last. */
export const attacks: readonly Attack[] = [
  ...proofAttacks,
  ...tokenAttacks,
  ...otherRequestAttacks,
  ...targetAttacks,
  ...dateAttacks,
  ...headerAttacks,
  ...movedBytesAttacks,
  ...repeatAttacks,
  ...bodyAttacks,
];
