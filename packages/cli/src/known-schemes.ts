import type { Scheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { badInput } from './failure.ts';

/** Every scheme that the command signs and verifies. Where two fit a request equally well, the first one is taken. */
export const knownSchemes: readonly Scheme[] = [acsHmac, sinchApplication];

/** The scheme of an id, as given with `--scheme`. */
export function schemeById(id: string): Scheme {
  const scheme = knownSchemes.find((candidate) => candidate.id === id);
  if (scheme) return scheme;
  const ids = knownSchemes.map((candidate) => candidate.id).join(', ');
  throw badInput('scheme/unknown', `there is no scheme "${id}"; known are ${ids}`);
}
