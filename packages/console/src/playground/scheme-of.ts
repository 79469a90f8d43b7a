import type { Scheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { schemes } from '@countersign/core/schemes/catalog';

/** The scheme of an id; ACS's for an unknown id. */
export function schemeOf(id: string): Scheme {
  return schemes.find((scheme) => scheme.id === id) ?? acsHmac;
}
