import type { Scheme } from '@countersign/core/scheme';
import { schemes } from '@countersign/core/schemes/catalog';

/** The scheme of an id; the first one for an unknown id. */
export function schemeOf(id: string): Scheme {
  return schemes.find((scheme) => scheme.id === id) ?? (schemes[0] as Scheme);
}
