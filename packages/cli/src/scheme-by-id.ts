import type { Scheme } from '@countersign/core/scheme';
import { schemes } from '@countersign/core/schemes/catalog';
import { badInput } from './failure.ts';

/** The scheme of an id, as given with `--scheme`. */
export function schemeById(id: string): Scheme {
  const scheme = schemes.find((candidate) => candidate.id === id);
  if (scheme) return scheme;
  const ids = schemes.map((candidate) => candidate.id).join(', ');
  throw badInput('scheme/unknown', `there is no scheme "${id}"; known are ${ids}`);
}
