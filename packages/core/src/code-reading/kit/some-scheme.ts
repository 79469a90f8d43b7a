import type { Scheme } from '../../scheme.ts';
import { schemes } from '../../schemes/catalog.ts';
import type { SigningCode } from './signing-code.ts';

/** The scheme of the code; where it does not tell, the first there is, for fixes that are alike in all. */
export function someScheme({ scheme }: SigningCode): Scheme {
  return scheme ?? (schemes[0] as Scheme);
}
