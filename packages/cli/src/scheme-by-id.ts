import type { Scheme } from '@countersign/core/scheme';
import { everyScheme, publicKeySchemes, schemes } from '@countersign/core/schemes/catalog';
import { badInput } from './failure.ts';

/** The scheme of an id, as given with `--scheme`. */
export function schemeById(id: string): Scheme {
  const scheme = schemes.find((candidate) => candidate.id === id);
  if (scheme) return scheme;
  const keyed = publicKeySchemes.find((candidate) => candidate.id === id);
  if (keyed) {
    const why =
      keyed.signer === 'provider'
        ? 'is signed by a private key that its provider alone has'
        : 'is signed by a private key, which signAsync of @countersign/core/sign-async takes and this command does not';
    throw badInput('scheme/private-key', `${id} ${why}; verify, diagnose, guard, emit and probe take it`);
  }
  const ids = everyScheme.map((candidate) => candidate.id).join(', ');
  throw badInput('scheme/unknown', `there is no scheme "${id}"; known are ${ids}`);
}
