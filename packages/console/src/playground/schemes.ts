import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import type { Scheme } from '@countersign/core/scheme';

/** The schemes that the playground knows. */
export const schemes: readonly Scheme[] = [acsHmac, sinchApplication];

/** The scheme of an id; the first one for an unknown id. */
export function schemeOf(id: string): Scheme {
  return schemes.find((scheme) => scheme.id === id) ?? acsHmac;
}
